import { kindOf, type NodeId, type Port } from '../nodes/index.ts';
import type { Policy } from './policy.ts';

/** An edge of the drawing: a projection, never stored. Its id is `node:port`. */
export interface Edge {
  readonly id: string;
  readonly from: NodeId;
  readonly port: Port;
  readonly to: NodeId;
}

/** The connected exits of a policy as edges, in order of nodes and ports. Edges to nodes that do not exist are in it. */
export function edgesOf(policy: Policy): readonly Edge[] {
  return Object.entries(policy.nodes).flatMap(([from, node]) =>
    kindOf(node)
      .ports(node)
      .flatMap((port) => (port.to === null ? [] : [{ id: `${from}:${port.id}`, from, port, to: port.to }])),
  );
}

/** Nodes a request can reach from `start`, itself included; nodes that do not exist are left out. */
export function reachableFrom(policy: Policy, start: NodeId | null): ReadonlySet<NodeId> {
  const reached = new Set<NodeId>();
  const waiting = start === null ? [] : [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const node = policy.nodes[id];
    if (node === undefined || reached.has(id)) continue;
    reached.add(id);
    for (const port of kindOf(node).ports(node)) if (port.to !== null) waiting.push(port.to);
  }
  return reached;
}

/** Whether leading an exit of `from` to `to` would close a circle. */
export function wouldCycle(policy: Policy, from: NodeId, to: NodeId): boolean {
  return reachableFrom(policy, to).has(from);
}

/** The first circle found in each group of nodes that lead back to themselves, as a list of ids. */
export function findCycles(policy: Policy): readonly (readonly NodeId[])[] {
  const done = new Set<NodeId>();
  const cycles: NodeId[][] = [];
  for (const id of Object.keys(policy.nodes).sort()) followFrom(policy, id, [], done, cycles);
  return cycles;
}

function followFrom(
  policy: Policy,
  id: NodeId,
  trail: readonly NodeId[],
  done: Set<NodeId>,
  cycles: NodeId[][],
): void {
  const at = trail.indexOf(id);
  if (at >= 0) {
    cycles.push(trail.slice(at));
    return;
  }
  const node = policy.nodes[id];
  if (node === undefined || done.has(id)) return;
  for (const port of kindOf(node).ports(node)) {
    if (port.to !== null) followFrom(policy, port.to, [...trail, id], done, cycles);
  }
  done.add(id);
}
