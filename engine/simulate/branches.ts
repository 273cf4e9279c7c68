import type { BinTotals } from './accumulate.ts';
import type { Bin } from './bins.ts';
import { compareText } from './breakdowns.ts';
import { stepsOf } from './edges.ts';
import { firstDifference } from './first-difference.ts';
import type { SimulationResult } from './result.ts';

type Node = SimulationResult['by_node'][number];
type Branch = SimulationResult['by_branch'][number];

/** Nodes by name, with the cost of what passes them on each side. A fallback's tries beyond the first call count as not passed. */
export function breakDownByNode(bins: readonly Bin[], totals: BinTotals): Node[] {
  const nodes = new Map<string, Node>();
  const nodeOf = (node: string) => {
    const known = nodes.get(node);
    if (known !== undefined) return known;
    const fresh = {
      node,
      requests_before: 0,
      requests_after: 0,
      cost_before: 0,
      cost_after: 0,
      cost_delta: 0,
    };
    nodes.set(node, fresh);
    return fresh;
  };
  for (const [index, bin] of bins.entries()) {
    const requests = totals.rows[index] ?? 0;
    if (requests === 0) continue;
    const [before, after] = [totals.before[index] ?? 0, totals.after[index] ?? 0];
    for (const node of nodesOn(stepsOf(bin.before))) {
      const row = nodeOf(node);
      row.requests_before += requests;
      row.cost_before += before;
    }
    for (const node of nodesOn(bin.after.decision.path)) {
      const row = nodeOf(node);
      row.requests_after += requests;
      row.cost_after += after;
      row.cost_delta += after - before;
    }
  }
  return [...nodes.values()].sort((left, right) => compareText(left.node, right.node));
}

function nodesOn(path: ReturnType<typeof stepsOf>): ReadonlySet<string> {
  const nodes = new Set<string>();
  for (const { node, port } of path) {
    nodes.add(node);
    if (port === null) break;
  }
  return nodes;
}

/** The change of cost by the exit of the candidate at which requests leave their old way; the largest first. */
export function breakDownByBranch(bins: readonly Bin[], totals: BinTotals): Branch[] {
  const branches = new Map<string, Branch>();
  for (const [index, bin] of bins.entries()) {
    const requests = totals.rows[index] ?? 0;
    if (requests === 0) continue;
    const { node, port } = bin.changed ? firstDifference(bin) : { node: '', port: '' };
    const key = `${node}:${port}`;
    const row = branches.get(key) ?? { node, port, requests: 0, cost_delta: 0 };
    row.requests += requests;
    row.cost_delta += (totals.after[index] ?? 0) - (totals.before[index] ?? 0);
    branches.set(key, row);
  }
  return [...branches.values()].sort(
    (left, right) => Math.abs(right.cost_delta) - Math.abs(left.cost_delta) || right.requests - left.requests,
  );
}
