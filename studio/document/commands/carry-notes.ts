import type { Policy } from '#engine/policy/index.ts';
import { moveNotes } from './notes.ts';
import { type Place, sizeOf } from './place.ts';

/** When nodes are laid out anew, each note goes along with the node it lay nearest to, so that it still says it of that. */
export function carryNotes(policy: Policy, before: Policy['layout'], nodes: Policy['nodes']): Policy {
  const centres = Object.entries(nodes).flatMap(([id, node]) => {
    const [x, y] = before[id] ?? [0, 0];
    const { width, height } = sizeOf(node);
    return [{ id, x: x + width / 2, y: y + height / 2 }];
  });
  const moved = Object.entries(policy.notes ?? {}).flatMap(([id, { at, size }]) => {
    const x = at[0] + size[0] / 2;
    const y = at[1] + size[1] / 2;
    const distance = (one: { readonly x: number; readonly y: number }) => Math.hypot(one.x - x, one.y - y);
    const [nearest] = centres.toSorted((one, other) => distance(one) - distance(other));
    const [from, to] = [before[nearest?.id ?? ''], policy.layout[nearest?.id ?? '']];
    if (from === undefined || to === undefined) return [];
    const place: Place = [at[0] + to[0] - from[0], at[1] + to[1] - from[1]];
    return [[id, place] as const];
  });
  return moveNotes(new Map(moved))(policy);
}
