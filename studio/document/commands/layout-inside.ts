import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { foldedSize, frame } from './frame.ts';
import { forwardLinks, linksBetween } from './layout-columns.ts';
import { columnsOf, connectedParts, drawn, fansOf, type Link, orderOfFans } from './layout-flow.ts';
import { settled } from './layout-settle.ts';
import { card, gap, type Place, sizeOf } from './place.ts';

/** A card, a folded group's card, or the frame of an open group with what it holds: laid out as one box. */
export interface Unit {
  readonly id: string;
  /** The columns it spans. */
  readonly from: number;
  readonly to: number;
  readonly height: number;
  /** Where its nodes lie, from the upper left of its first column. */
  readonly inside: ReadonlyMap<NodeId, Place>;
}

/** From one column to the next, px. */
export const pitch = card.width + gap.x;

type Body = Pick<Unit, 'height' | 'inside'>;

export function cardOf(policy: Policy, id: NodeId): Body {
  const node = policy.nodes[id];
  return { height: node === undefined ? 0 : sizeOf(node).height, inside: new Map([[id, [0, 0]]]) };
}

/** Its nodes lie as they would in its frame, so that they are in order when it is unfolded. */
export function foldOf(policy: Policy, nodes: readonly NodeId[]): Body {
  const own = new Set(nodes);
  const edges = edgesOf(policy);
  const ins = new Set(edges.filter(({ from, to }) => own.has(to) && !own.has(from)).map(({ to }) => to));
  const outs = edges.filter(
    ({ from, to }) => own.has(from) && !own.has(to) && Object.hasOwn(policy.nodes, to),
  );
  const links = forwardLinks(nodes, linksBetween(policy, new Map()));
  const { places } = insideOf(policy, nodes, columnsOf(nodes, links.filter(isAmong(own))), links);
  return { height: foldedSize({ ins: [...ins], outs }).height, inside: places };
}

export function frameUnit(
  policy: Policy,
  id: string,
  nodes: readonly NodeId[],
  columns: ReadonlyMap<string, number>,
  links: readonly Link[],
): Unit {
  const taken = nodes.map((node) => columns.get(node) ?? 0);
  const { places, height } = insideOf(policy, nodes, columns, links);
  const inside = new Map([...places].map(([node, [x, y]]): [NodeId, Place] => [node, [x, frame.head + y]]));
  return {
    id,
    from: Math.min(...taken),
    to: Math.max(...taken),
    height: frame.head + height + frame.pad,
    inside,
  };
}

/** What is in a group: parts that hang together are drawn by themselves, and put together where they share no column. */
function insideOf(
  policy: Policy,
  nodes: readonly NodeId[],
  columns: ReadonlyMap<string, number>,
  links: readonly Link[],
): { readonly places: ReadonlyMap<NodeId, Place>; readonly height: number } {
  const first = Math.min(...nodes.map((id) => columns.get(id) ?? 0));
  const heightOf = (id: NodeId): number => cardOf(policy, id).height;
  const own = new Set(nodes);
  const among = links.filter(isAmong(own));
  const order = orderOfFans(
    fansOf(policy).map((fan) => fan.filter((id) => own.has(id))),
    () => true,
  );
  const parts = connectedParts(nodes, among).map((ids) => {
    const boxes = new Map(ids.map((id) => [id, { width: card.width, height: heightOf(id) }]));
    const places = drawn({ boxes, links: among, columns, order });
    const taken = ids.map((id) => columns.get(id) ?? 0);
    const height = Math.max(...ids.map((id) => (places.get(id)?.[1] ?? 0) + heightOf(id)));
    return { id: ids[0] ?? '', ids, places, height, from: Math.min(...taken), to: Math.max(...taken) };
  });
  const tops = settled(parts.map((part, index) => ({ ...part, wished: index - part.height / 2 })));
  const highest = Math.min(...tops.values());
  const places = new Map<NodeId, Place>();
  for (const part of parts) {
    const top = (tops.get(part.id) ?? 0) - highest;
    for (const id of part.ids)
      places.set(id, [((columns.get(id) ?? 0) - first) * pitch, top + (part.places.get(id)?.[1] ?? 0)]);
  }
  return { places, height: Math.max(...[...places].map(([id, [, y]]) => y + heightOf(id))) };
}

function isAmong(ids: ReadonlySet<string>): (link: Link) => boolean {
  return ({ from, to }) => ids.has(from) && ids.has(to);
}
