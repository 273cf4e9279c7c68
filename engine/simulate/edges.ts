import { type Plan, parsePath, type Step } from '../plan/index.ts';
import type { BinTotals } from './accumulate.ts';
import type { Bin } from './bins.ts';
import type { SimulationResult } from './result.ts';

type Edge = SimulationResult['by_edge'][number];
type Counts = Map<string, { readonly node: string; readonly port: string; before: number; after: number }>;

/**
 * Requests through each exit, on both sides: every exit of both plans, used or not, and whatever else a logged path
 * went through. A request counts up to its first call: whether a fallback goes on from there is up to the upstreams.
 * The entry is port "" of node "".
 */
export function countEdges(bins: readonly Bin[], totals: BinTotals, plans: readonly Plan[]): Edge[] {
  const counts: Counts = new Map();
  countIn(counts, '', '');
  for (const plan of plans) {
    for (const node of plan.nodes.toReversed()) {
      if (node.kind === 'choose') for (const port of node.ports) countIn(counts, node.id, port);
      if (node.kind === 'sequence') for (const step of node.steps) countIn(counts, node.id, step.port ?? '');
      if (node.kind === 'change' && node.step !== null) countIn(counts, node.id, node.step.port ?? '');
    }
  }
  const planned = counts.size;
  for (const [index, bin] of bins.entries()) {
    const rows = totals.rows[index] ?? 0;
    if (rows === 0) continue;
    for (const edge of edgesOn(counts, bin.after.decision.path)) edge.after += rows;
    for (const edge of edgesOn(counts, stepsOf(bin.before))) edge.before += rows;
  }
  const edges = [...counts.values()];
  // In what order logged paths are met says nothing.
  return [...edges.slice(0, planned), ...edges.slice(planned).sort(byName)];
}

function byName(left: Edge, right: Edge): number {
  const [a, b] = [`${left.node}:${left.port}`, `${right.node}:${right.port}`];
  return a < b ? -1 : Number(a > b);
}

function countIn(counts: Counts, node: string, port: string) {
  const key = `${node}:${port}`;
  const known = counts.get(key);
  if (known !== undefined) return known;
  const fresh = { node, port, before: 0, after: 0 };
  counts.set(key, fresh);
  return fresh;
}

function edgesOn(counts: Counts, path: readonly Step[]): ReadonlySet<ReturnType<typeof countIn>> {
  const edges = new Set([countIn(counts, '', '')]);
  for (const { node, port } of path) {
    if (port === null) break;
    edges.add(countIn(counts, node, port));
  }
  return edges;
}

export function stepsOf(decided: Bin['before']): readonly Step[] {
  return 'decision' in decided ? decided.decision.path : parsePath(decided.path);
}
