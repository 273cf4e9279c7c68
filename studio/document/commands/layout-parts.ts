import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { membersOf } from './groups.ts';
import { columnsOf, connectedParts, drawn, fansOf, inFlowOrder, orderOfFans } from './layout-flow.ts';
import { arrangedGroups } from './layout-groups.ts';
import { type Place, sizeOf, snapped } from './place.ts';

/** Where the nodes of a part lie, its upper edge at 0, and where it ends. */
export interface ArrangedPart {
  readonly places: ReadonlyMap<NodeId, Place>;
  readonly bottom: number;
}

const partGap = 70;

/** A place for every node: every connected part on its own, one below the other, the entry's first. */
export function arranged(policy: Policy): Policy['layout'] {
  const layout: Record<NodeId, [number, number]> = {};
  const groups = [...membersOf(policy).values()];
  const grouped = new Set(groups.flat());
  const together = groups.flatMap(([first = '', ...others]) => others.map((to) => ({ from: first, to })));
  let top = 0;
  for (const ids of connectedParts(inFlowOrder(policy), [...edgesOf(policy), ...together])) {
    const isGrouped = ids.some((id) => grouped.has(id));
    const { places, bottom } = isGrouped ? arrangedGroups(policy, ids) : arrangedNodes(policy, ids);
    for (const [id, [x, y]] of places) layout[id] = snapped([x, top + y]);
    top += bottom + partGap;
  }
  return layout;
}

function arrangedNodes(policy: Policy, ids: readonly NodeId[]): ArrangedPart {
  const boxes = new Map(
    ids.flatMap((id) => {
      const node = policy.nodes[id];
      return node === undefined ? [] : [[id, sizeOf(node)] as const];
    }),
  );
  const links = edgesOf(policy);
  const order = orderOfFans(fansOf(policy), (id) => Object.hasOwn(policy.nodes, id));
  const places = drawn({ boxes, links, columns: columnsOf(ids, links), order });
  const bottoms = [...places].map(([id, [, y]]) => y + (boxes.get(id)?.height ?? 0));
  return { places, bottom: Math.max(0, ...bottoms) };
}
