import { Graph, layout as runDagre } from '@dagrejs/dagre';
import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { carryNotes } from './carry-notes.ts';
import type { Command } from './command.ts';
import { exitsOf } from './exits.ts';
import { roomFor } from './make-room.ts';
import { gap, type Place, sizeOf, snapped } from './place.ts';

/** Lays out every node anew, from left to right, exits in their order. */
export function layoutAll(): Command {
  return (policy) => {
    const layout = arranged(policy);
    if (isSameLayout(policy.layout, layout)) return policy;
    return carryNotes({ ...policy, layout }, placesOf(policy), policy.nodes);
  };
}

/** Gives a place to every node that has none; what a person placed stays. Strays in the layout are dropped. */
export function layoutMissing(): Command {
  return (policy) => {
    const ids = Object.keys(policy.nodes);
    const placed = ids.filter((id) => Object.hasOwn(policy.layout, id));
    if (placed.length === ids.length && Object.keys(policy.layout).length === ids.length) return policy;
    if (placed.length === 0) return { ...policy, layout: arranged(policy) };
    let now: Policy = {
      ...policy,
      layout: Object.fromEntries(placed.map((id) => [id, placeOf(policy, id)])),
    };
    if (placed.length === ids.length) return now;
    const ideal = arranged(policy);
    for (const id of ids.filter((one) => !Object.hasOwn(policy.layout, one))) {
      now = withPlace(now, id, roomFor(now, id, beside(policy, ideal, id)));
    }
    return now;
  };
}

/** The same policy with a place for every node; the same object where all have one. */
export function withPlaces(policy: Policy): Policy {
  const layout = placesOf(policy);
  return layout === policy.layout ? policy : { ...policy, layout };
}

/** Where every node lies, those included that the document gives no place. Computed once a policy. */
export function placesOf(policy: Policy): Policy['layout'] {
  const known = places.get(policy);
  if (known !== undefined) return known;
  const { layout } = layoutMissing()(policy);
  places.set(policy, layout);
  return layout;
}
const places = new WeakMap<Policy, Policy['layout']>();

export function placeOf(policy: Policy, id: NodeId): [number, number] {
  return policy.layout[id] ?? [0, 0];
}

export function withPlace(policy: Policy, id: NodeId, place: Place): Policy {
  return { ...policy, layout: { ...policy.layout, [id]: snapped(place) } };
}

/** An unplaced node lies to its nearest placed neighbour as it would in a fresh layout. */
function beside(policy: Policy, ideal: Policy['layout'], id: NodeId): Place {
  const edges = edgesOf(policy);
  const anchor =
    edges.find((edge) => edge.to === id && Object.hasOwn(policy.layout, edge.from))?.from ??
    edges.find((edge) => edge.from === id && Object.hasOwn(policy.layout, edge.to))?.to ??
    Object.keys(policy.nodes).find((one) => Object.hasOwn(policy.layout, one)) ??
    id;
  const [x, y] = placeOf(policy, anchor);
  const [anchorX, anchorY] = ideal[anchor] ?? [0, 0];
  const [ownX, ownY] = ideal[id] ?? [0, 0];
  return [x + ownX - anchorX, y + ownY - anchorY];
}

const partGap = 70;

/** Every connected part on its own, one below the other, the entry's first. */
function arranged(policy: Policy): Policy['layout'] {
  const layout: Record<NodeId, [number, number]> = {};
  let top = 0;
  for (const ids of partsOf(policy)) {
    const places = arrangedPart(policy, ids);
    const bottoms = ids.map((id) => {
      const node = policy.nodes[id];
      return (places.get(id)?.[1] ?? 0) + (node === undefined ? 0 : sizeOf(node).height);
    });
    for (const [id, [x, y]] of places) layout[id] = snapped([x, top + y]);
    top += Math.max(0, ...bottoms) + partGap;
  }
  return layout;
}

/** Nodes that hang together, each part in the order of the flow. */
function partsOf(policy: Policy): readonly (readonly NodeId[])[] {
  const neighbours = new Map<NodeId, NodeId[]>();
  for (const { from, to } of edgesOf(policy)) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const order = inFlowOrder(policy);
  const partOf = new Map<NodeId, number>();
  let count = 0;
  for (const start of order) {
    if (partOf.has(start)) continue;
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (partOf.has(id)) continue;
      partOf.set(id, count);
      waiting.push(...(neighbours.get(id) ?? []));
    }
    count += 1;
  }
  return Array.from({ length: count }, (_, part) => order.filter((id) => partOf.get(id) === part));
}

/** Dagre from left to right; `constraints` keep the targets of a node in the order of its exits. */
function arrangedPart(policy: Policy, ids: readonly NodeId[]): ReadonlyMap<NodeId, Place> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: gap.y, ranksep: gap.x, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) {
    const node = policy.nodes[id];
    if (node !== undefined) graph.setNode(id, { ...sizeOf(node) });
  }
  const ranks = ranksOf(policy, ids);
  for (const { from, to } of edgesOf(policy)) {
    const minlen = (ranks.get(to) ?? 0) - (ranks.get(from) ?? 0);
    if (minlen > 0 && graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to, { minlen });
  }
  const constraints = exitOrder(policy).filter(
    ({ left, right }) => graph.hasNode(left) && graph.hasNode(right),
  );
  runDagre(graph, { constraints });
  return new Map(
    ids.map((id) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Record<string, number>>;
      return [id, [x - width / 2, y - height / 2]];
    }),
  );
}

/**
 * The column of every node: one behind the last that leads to it. Dagre alone would pull nodes towards what they lead
 * to, and edges would run underneath the cards in between. In a circle the closing edge does not count.
 */
function ranksOf(policy: Policy, ids: readonly NodeId[]): ReadonlyMap<NodeId, number> {
  const ranks = new Map<NodeId, number>();
  const before = new Map<NodeId, NodeId[]>();
  for (const { from, to } of edgesOf(policy)) before.set(to, [...(before.get(to) ?? []), from]);
  const rank = (id: NodeId, trail: ReadonlySet<NodeId>): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    const sources = (before.get(id) ?? []).filter((from) => !trail.has(from) && from !== id);
    const own = Math.max(0, ...sources.map((from) => rank(from, new Set([...trail, id])) + 1));
    ranks.set(id, own);
    return own;
  };
  for (const id of ids) rank(id, new Set());
  return ranks;
}

/** From the entry along the exits, then the rest by name: dagre starts from this order, so it must not jump. */
function inFlowOrder(policy: Policy): readonly NodeId[] {
  const seen = new Set<NodeId>();
  const follow = (id: NodeId): void => {
    const node = Object.hasOwn(policy.nodes, id) ? policy.nodes[id] : undefined;
    if (node === undefined || seen.has(id)) return;
    seen.add(id);
    for (const exit of exitsOf(node)) if (exit.to !== null) follow(exit.to);
  };
  if (policy.entry !== null) follow(policy.entry);
  for (const id of Object.keys(policy.nodes).sort()) follow(id);
  return [...seen];
}

/** Targets of neighbouring exits, upper first. A pair is named once: contrary wishes of two nodes would be a circle. */
function exitOrder(policy: Policy): { left: string; right: string }[] {
  const order: { left: string; right: string }[] = [];
  const above = new Map<NodeId, Set<NodeId>>();
  const isAbove = (upper: NodeId, lower: NodeId): boolean =>
    upper === lower || [...(above.get(upper) ?? [])].some((one) => isAbove(one, lower));
  for (const id of inFlowOrder(policy)) {
    const node = policy.nodes[id];
    const targets = node === undefined ? [] : exitsOf(node).flatMap(({ to }) => (to === null ? [] : [to]));
    for (const [index, right] of targets.entries()) {
      const left = targets[index - 1];
      if (left === undefined || isAbove(right, left) || !Object.hasOwn(policy.nodes, right)) continue;
      above.set(left, (above.get(left) ?? new Set()).add(right));
      order.push({ left, right });
    }
  }
  return order;
}

function isSameLayout(left: Policy['layout'], right: Policy['layout']): boolean {
  const ids = Object.keys(left);
  return (
    ids.length === Object.keys(right).length &&
    ids.every((id) => left[id]?.[0] === right[id]?.[0] && left[id]?.[1] === right[id]?.[1])
  );
}
