import { parsePath, type Step } from '#engine/plan/index.ts';

/** One request, as far as a map of the traffic shows it. */
export interface Come {
  /** As the log writes it: the order of trying, `task:code>strong:1>opus>strong:2>gpt`. */
  readonly path: string;
  readonly status: string;
  readonly latencyMs: number | null;
  /** The calls that were made for an answer, in order. */
  readonly calls: readonly Call[];
}

export interface Call {
  /** `served`, `abandoned`, or the class of its error. */
  readonly outcome: string;
  readonly latencyMs: number | null;
}

/** What came by a place. */
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

type Passing = { readonly fate: 'served' | 'failed' | 'recovered' | 'other'; readonly ms: number | null };

/**
 * Requests → how many came by every exit and every node, how many of them failed, and how long the served ones took. A path
 * names every try of a fallback; those that were not made count nowhere, and a model and the exit that leads to it count
 * their own calls: which of them failed, and how long they took.
 */
export function flowOf(come: readonly Come[]): Flow & {
  readonly edges: (Flow & { readonly node: string; readonly port: string })[];
  readonly nodes: (Flow & { readonly node: string })[];
} {
  const all = newTally();
  const edges = new Map<string, Tally>();
  const nodes = new Map<string, Tally>();
  for (const one of come) {
    const whole = passingOf(one);
    count(all, whole);
    for (const [id, passing] of placesOf(one, whole)) {
      const places = id.includes(':') ? edges : nodes;
      const tally = places.get(id) ?? newTally();
      places.set(id, tally);
      count(tally, passing);
    }
  }
  return {
    ...finish(all),
    edges: [...edges].map(([id, tally]) => {
      const [node = '', port = ''] = id.split(':');
      return { node, port, ...finish(tally) };
    }),
    nodes: [...nodes].map(([node, tally]) => ({ node, ...finish(tally) })),
  };
}

/** Nodes and exits (`node:port`) that a request came by, each once, and how it fared there. */
function placesOf({ path, calls }: Come, whole: Passing): ReadonlyMap<string, Passing> {
  const places = new Map<string, Passing>();
  const steps = parsePath(path);
  const ends = steps.flatMap(({ port }, at) => (port === null ? [at] : []));
  const reached = ends[Math.max(1, calls.length) - 1] ?? steps.length - 1;
  for (const step of steps.slice(0, reached + 1)) places.set(placeOf(step), whole);
  for (const step of steps.slice(0, reached + 1)) places.set(step.node, whole);
  for (const [nth, { outcome, latencyMs }] of calls.entries()) {
    const end = Math.min(nth, ends.length - 1);
    const at = ends[end] ?? -1;
    // A pool makes all its calls at one place: it recovers there.
    const isAgain = end < nth && isTrouble(calls[nth - 1]);
    const fate =
      outcome === 'served'
        ? isAgain
          ? 'recovered'
          : 'served'
        : outcome === 'abandoned'
          ? 'other'
          : 'failed';
    for (const step of [steps[at], steps[at - 1]])
      if (step !== undefined) places.set(placeOf(step), { fate, ms: latencyMs });
  }
  return places;
}

function isTrouble(call: Call | undefined): boolean {
  return call !== undefined && call.outcome !== 'served' && call.outcome !== 'abandoned';
}

function placeOf({ node, port }: Step): string {
  return port === null ? node : `${node}:${port}`;
}

function passingOf({ status, latencyMs, calls }: Come): Passing {
  if (status === 'failed') return { fate: 'failed', ms: null };
  if (status !== 'served') return { fate: 'other', ms: null };
  return { fate: calls.some(isTrouble) ? 'recovered' : 'served', ms: latencyMs };
}

function newTally(): Tally {
  return { requests: 0, failed: 0, recovered: 0, served: [] };
}

function count(tally: Tally, { fate, ms }: Passing): void {
  tally.requests += 1;
  if (fate === 'failed') tally.failed += 1;
  if (fate === 'recovered') tally.recovered += 1;
  if ((fate === 'served' || fate === 'recovered') && ms !== null) tally.served.push(ms);
}

function finish({ requests, failed, recovered, served }: Tally): Flow {
  served.sort((left, right) => left - right);
  const at = (share: number) => served[Math.max(0, Math.ceil(served.length * share) - 1)] ?? null;
  return { requests, failed, recovered, latencyP50Ms: at(0.5), latencyP95Ms: at(0.95) };
}
