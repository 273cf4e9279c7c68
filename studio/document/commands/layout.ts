import type { NodeId } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import { carryNotes } from './carry-notes.ts';
import type { Command } from './command.ts';
import { settleNotes } from './layout-notes.ts';
import { arranged } from './layout-parts.ts';
import { roomFor } from './make-room.ts';
import { type Place, snapped } from './place.ts';

/** Lays out every node anew, from left to right, exits in their order, what is in a group together. */
export function layoutAll(): Command {
  return (policy) => {
    const layout = arranged(policy);
    const before = withPlaces(policy);
    if (isSameLayout(policy.layout, layout)) return settleNotes(before, policy);
    return settleNotes(before, carryNotes({ ...policy, layout }, before.layout, policy.nodes));
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

function isSameLayout(left: Policy['layout'], right: Policy['layout']): boolean {
  const ids = Object.keys(left);
  return (
    ids.length === Object.keys(right).length &&
    ids.every((id) => left[id]?.[0] === right[id]?.[0] && left[id]?.[1] === right[id]?.[1])
  );
}
