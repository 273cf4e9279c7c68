import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { exitsOf, placesOf } from '../document/index.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads: right to the first node behind, left to the nearest before, up and down to the siblings
 * (nodes that the same node leads to), else to the nearest above or below. `null` where there is none.
 */
export function walk(policy: Policy, from: NodeId, direction: Direction): NodeId | null {
  const node = policy.nodes[from];
  if (node === undefined) return null;
  if (direction === 'right') {
    return exitsOf(node).find(({ to }) => to !== null && Object.hasOwn(policy.nodes, to))?.to ?? null;
  }
  if (direction === 'left') return nearest(policy, from, parentsOf(policy, from));
  const [, y] = placeOf(policy, from);
  const isThatWay = (id: NodeId): boolean =>
    id !== from && (direction === 'up' ? placeOf(policy, id)[1] < y : placeOf(policy, id)[1] > y);
  const siblings = siblingsOf(policy, from).filter(isThatWay);
  return (
    nearest(policy, from, siblings) ?? nearest(policy, from, Object.keys(policy.nodes).filter(isThatWay))
  );
}

/** Nodes and everything that requests pass behind them (or before them). */
export function along(
  policy: Policy,
  ids: Iterable<NodeId>,
  direction: 'upstream' | 'downstream',
): ReadonlySet<NodeId> {
  const next = new Map<NodeId, NodeId[]>();
  for (const { from, to } of edgesOf(policy)) {
    const [start, end] = direction === 'downstream' ? [from, to] : [to, from];
    next.set(start, [...(next.get(start) ?? []), end]);
  }
  const found = new Set<NodeId>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id) || !Object.hasOwn(policy.nodes, id)) continue;
    found.add(id);
    waiting.push(...(next.get(id) ?? []));
  }
  return found;
}

function parentsOf(policy: Policy, id: NodeId): readonly NodeId[] {
  return [...new Set(edgesOf(policy).flatMap((edge) => (edge.to === id ? [edge.from] : [])))];
}

function siblingsOf(policy: Policy, id: NodeId): readonly NodeId[] {
  const parents = new Set(parentsOf(policy, id));
  const targets = edgesOf(policy).flatMap((edge) => (parents.has(edge.from) ? [edge.to] : []));
  return [...new Set(targets)].filter((one) => Object.hasOwn(policy.nodes, one));
}

/** The closest by distance on the canvas; sideways counts double, so that columns are kept to. */
function nearest(policy: Policy, from: NodeId, ids: readonly NodeId[]): NodeId | null {
  const [x, y] = placeOf(policy, from);
  const distance = (id: NodeId): number => {
    const [otherX, otherY] = placeOf(policy, id);
    return Math.hypot(2 * (otherX - x), otherY - y);
  };
  return ids.toSorted((left, right) => distance(left) - distance(right))[0] ?? null;
}

function placeOf(policy: Policy, id: NodeId): readonly [number, number] {
  return placesOf(policy)[id] ?? [0, 0];
}
