import { Graph, layout as runDagre } from '@dagrejs/dagre';
import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { exitsOf } from './exits.ts';
import { gap, type Place } from './place.ts';

/** One thing leads to another: nodes, or what stands for them in a drawing. */
export interface Link {
  readonly from: string;
  readonly to: string;
}

/** From the entry along the exits, then the rest by name: dagre starts from this order, so it must not jump. */
export function inFlowOrder(policy: Policy): readonly NodeId[] {
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

/** What the exits of every node lead to, in their order. */
export function fansOf(policy: Policy): readonly (readonly NodeId[])[] {
  return inFlowOrder(policy).map((id) => {
    const node = policy.nodes[id];
    return node === undefined ? [] : exitsOf(node).flatMap(({ to }) => (to === null ? [] : [to]));
  });
}

/** Targets of neighbouring exits, upper first. A pair is named once: contrary wishes of two nodes would be a circle. */
export function orderOfFans(
  fans: readonly (readonly string[])[],
  isKnown: (id: string) => boolean,
): { left: string; right: string }[] {
  const order: { left: string; right: string }[] = [];
  const above = new Map<string, Set<string>>();
  const isAbove = (upper: string, lower: string, seen = new Set<string>()): boolean => {
    if (upper === lower) return true;
    if (seen.has(upper)) return false;
    seen.add(upper);
    return [...(above.get(upper) ?? [])].some((one) => isAbove(one, lower, seen));
  };
  for (const targets of fans) {
    for (const [index, right] of targets.entries()) {
      const left = targets[index - 1];
      if (left === undefined || isAbove(right, left) || !isKnown(right)) continue;
      above.set(left, (above.get(left) ?? new Set()).add(right));
      order.push({ left, right });
    }
  }
  return order;
}

/** What hangs together, each part in the order it came in. */
export function connectedParts(
  ids: readonly string[],
  links: readonly Link[],
): readonly (readonly string[])[] {
  const neighbours = new Map<string, string[]>();
  for (const { from, to } of links) {
    neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
    neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
  }
  const partOf = new Map<string, number>();
  let count = 0;
  for (const start of ids) {
    if (partOf.has(start)) continue;
    const waiting = [start];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (partOf.has(id)) continue;
      partOf.set(id, count);
      waiting.push(...(neighbours.get(id) ?? []));
    }
    count += 1;
  }
  return Array.from({ length: count }, (_, part) => ids.filter((id) => partOf.get(id) === part));
}

/**
 * The column of everything: one behind the last that leads to it. Dagre alone would pull nodes towards what they lead
 * to, and edges would run underneath the cards in between. In a circle the closing edge does not count.
 */
export function columnsOf(ids: readonly string[], links: readonly Link[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const before = new Map<string, string[]>();
  for (const { from, to } of links) before.set(to, [...(before.get(to) ?? []), from]);
  const column = (id: string, trail: ReadonlySet<string>): number => {
    const known = columns.get(id);
    if (known !== undefined) return known;
    const sources = (before.get(id) ?? []).filter((from) => !trail.has(from) && from !== id);
    const own = Math.max(0, ...sources.map((from) => column(from, new Set([...trail, id])) + 1));
    columns.set(id, own);
    return own;
  };
  for (const id of ids) column(id, new Set());
  return columns;
}

export interface Sketch {
  /** Everything there is, with its measures, in the order of the flow. */
  readonly boxes: ReadonlyMap<string, { readonly width: number; readonly height: number }>;
  readonly links: readonly (Link & { readonly weight?: number })[];
  readonly columns: ReadonlyMap<string, number>;
  /** Who lies above whom in a column. */
  readonly order: readonly { left: string; right: string }[];
}

/** Upper left corners, by dagre, from left to right; links that do not lead to a later column do not count. */
export function drawn({ boxes, links, columns, order }: Sketch): ReadonlyMap<string, Place> {
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: gap.y, ranksep: gap.x, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, box] of boxes) graph.setNode(id, { ...box });
  for (const { from, to, weight = 1 } of links) {
    const minlen = (columns.get(to) ?? 0) - (columns.get(from) ?? 0);
    if (minlen > 0 && graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to, { minlen, weight });
  }
  runDagre(graph, {
    constraints: order.filter(({ left, right }) => graph.hasNode(left) && graph.hasNode(right)),
  });
  return new Map(
    [...boxes.keys()].map((id) => {
      const { x = 0, y = 0, width = 0, height = 0 } = graph.node(id) as Partial<Record<string, number>>;
      return [id, [x - width / 2, y - height / 2]];
    }),
  );
}
