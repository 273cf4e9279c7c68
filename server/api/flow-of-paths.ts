import { parsePath } from '#engine/plan/index.ts';

/** One request, as far as a map of the traffic shows it. */
export interface Come {
  /** As the log writes it: `task:code>strong`. */
  readonly path: string;
  readonly status: string;
  /** Answered after a call had failed. */
  readonly recovered: boolean;
  readonly latencyMs: number | null;
}

/** Requests that came by a place. */
export interface Flow {
  requests: number;
  failed: number;
  recovered: number;
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
}

interface Tally {
  requests: number;
  failed: number;
  recovered: number;
  readonly served: number[];
}

/** Requests → how many came by every exit and every node, how many of them failed, and how long the served ones took. */
export function flowOf(come: readonly Come[]): Flow & {
  readonly edges: (Flow & { readonly node: string; readonly port: string })[];
  readonly nodes: (Flow & { readonly node: string })[];
} {
  const all = newTally();
  const edges = new Map<string, { readonly node: string; readonly port: string; readonly tally: Tally }>();
  const nodes = new Map<string, Tally>();
  for (const one of come) {
    count(all, one);
    // A path passes no exit twice, nor a node.
    for (const { node, port } of parsePath(one.path)) {
      const passed = nodes.get(node) ?? newTally();
      nodes.set(node, passed);
      count(passed, one);
      if (port === null) continue;
      const edge = edges.get(`${node}:${port}`) ?? { node, port, tally: newTally() };
      edges.set(`${node}:${port}`, edge);
      count(edge.tally, one);
    }
  }
  return {
    ...finish(all),
    edges: [...edges.values()].map(({ node, port, tally }) => ({ node, port, ...finish(tally) })),
    nodes: [...nodes].map(([node, tally]) => ({ node, ...finish(tally) })),
  };
}

function newTally(): Tally {
  return { requests: 0, failed: 0, recovered: 0, served: [] };
}

function count(tally: Tally, { status, recovered, latencyMs }: Come): void {
  tally.requests += 1;
  if (status === 'failed') tally.failed += 1;
  if (recovered) tally.recovered += 1;
  if (status === 'served' && latencyMs !== null) tally.served.push(latencyMs);
}

function finish({ requests, failed, recovered, served }: Tally): Flow {
  served.sort((left, right) => left - right);
  const at = (share: number) => served[Math.max(0, Math.ceil(served.length * share) - 1)] ?? null;
  return { requests, failed, recovered, latencyP50Ms: at(0.5), latencyP95Ms: at(0.95) };
}
