import type { NodeId } from '#engine/nodes/index.ts';
import { type Policy, reachableFrom } from '#engine/policy/index.ts';
import { foldedSize } from './frame.ts';
import { gatesOf } from './gates.ts';
import { membersOf } from './groups.ts';
import { gap, grid, type Place, sizeOf, snapped } from './place.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const margin = 20;

/** The place nearest below the wished one where a node overlaps no other. */
export function roomFor(policy: Policy, id: NodeId, wished: Place): Place {
  const others = boxesBut(policy, new Set([id]));
  let [x, y] = snapped(wished);
  for (let count = 0; count <= others.length; count += 1) {
    const box = boxOf(policy, id, [x, y]);
    const hit = others.find((other) => overlaps(box, other));
    if (hit === undefined) break;
    y = Math.ceil((hit.bottom + margin) / grid) * grid;
  }
  return [x, y];
}

/** Pushes what lies behind a node to the right until it stands clear of it: one shift, so that the drawing keeps its shape. */
export function pushBehind(policy: Policy, id: NodeId): Policy {
  const own = boxOf(policy, id, policy.layout[id] ?? [0, 0]);
  const behind = [...reachableFrom(policy, id)].filter((one) => one !== id);
  const nearest = Math.min(
    ...behind
      .map((one) => boxOf(policy, one, policy.layout[one] ?? [0, 0]))
      .filter((box) => box.bottom > own.top - margin && box.top < own.bottom + margin)
      .map((box) => box.left),
  );
  const shift = own.right + gap.x - nearest;
  if (!Number.isFinite(shift) || shift <= 0) return policy;
  const moved = behind.filter((one) => (policy.layout[one]?.[0] ?? 0) >= own.left - 1);
  const layout = { ...policy.layout };
  for (const one of moved) {
    const [x, y] = layout[one] ?? [0, 0];
    layout[one] = snapped([x + shift, y]);
  }
  return { ...policy, layout };
}

/** What stands in the way: every node, and for those in a folded group its card. */
function boxesBut(policy: Policy, left: ReadonlySet<NodeId>): readonly Box[] {
  const hidden = new Set<NodeId>();
  const folded = [...membersOf(policy)].flatMap(([id, nodes]): readonly Box[] => {
    if (policy.groups?.[id]?.collapsed !== true || nodes.length === 0) return [];
    for (const node of nodes) hidden.add(node);
    return [foldedBox(policy, id, nodes)];
  });
  const nodes = Object.entries(policy.layout)
    .filter(([id]) => !left.has(id) && !hidden.has(id))
    .map(([id, place]) => boxOf(policy, id, place));
  return [...nodes, ...folded];
}

function foldedBox(policy: Policy, group: string, nodes: readonly NodeId[]): Box {
  const places = nodes.map((id): Place => policy.layout[id] ?? [0, 0]);
  const [x, y] = [Math.min(...places.map(([left]) => left)), Math.min(...places.map(([, top]) => top))];
  const { width, height } = foldedSize(gatesOf(policy, group));
  return { left: x, top: y, right: x + width, bottom: y + height };
}

function boxOf(policy: Policy, id: NodeId, [x, y]: Place): Box {
  const node = policy.nodes[id];
  const { width, height } = node === undefined ? { width: 0, height: 0 } : sizeOf(node);
  return { left: x, top: y, right: x + width, bottom: y + height };
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.right + margin &&
    other.left < one.right + margin &&
    one.top < other.bottom + margin &&
    other.top < one.bottom + margin
  );
}
