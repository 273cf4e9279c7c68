import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { leadExits } from './exits.ts';
import { layoutMissing, placesOf } from './layout.ts';
import { freeSlug } from './node-ids.ts';
import { type Place, snapped } from './place.ts';

/** Some nodes of a policy, as they travel over the clipboard. */
export interface Clip {
  readonly nodes: Readonly<Record<NodeId, PolicyNode>>;
  readonly layout: Readonly<Record<NodeId, Place>>;
}

/** New ids for the nodes of a clip, free in the policy: an id is kept where it can be. */
export function newIdsFor(policy: Policy, clip: Clip): ReadonlyMap<NodeId, NodeId> {
  const given = new Map<NodeId, NodeId>();
  const taken = new Set<NodeId>();
  for (const id of Object.keys(clip.nodes)) {
    const base = id.replace(/-\d+$/, '') || id;
    const free = freeSlug(
      Object.hasOwn(policy.nodes, id) ? base : id,
      (slug) => Object.hasOwn(policy.nodes, slug) || taken.has(slug),
    );
    given.set(id, free);
    taken.add(free);
  }
  return given;
}

/** How many exits of a clip lead out of it: a paste leaves them open. */
export function countLooseExits(clip: Clip): number {
  let loose = 0;
  for (const node of Object.values(clip.nodes)) {
    leadExits(node, (to) => {
      if (!Object.hasOwn(clip.nodes, to)) loose += 1;
      return to;
    });
  }
  return loose;
}

/** Adds the nodes of a clip under new ids, its upper left corner at `at`. Exits that lead out of the clip are left open. */
export function pasteNodes(clip: Clip, ids: ReadonlyMap<NodeId, NodeId>, at: Place): Command {
  return added(clip, ids, at, (to) => ids.get(to) ?? null);
}

/** Doubles nodes beside themselves. Exits that lead to others keep leading there. */
export function duplicate(clip: Clip, ids: ReadonlyMap<NodeId, NodeId>): Command {
  const [x, y] = cornerOf(clip);
  return added(clip, ids, [x + 40, y + 40], (to) => ids.get(to) ?? to);
}

/** The nodes of a selection with their places. */
export function clipOf(policy: Policy, ids: Iterable<NodeId>): Clip {
  const places = placesOf(policy);
  const chosen = [...ids].filter((id) => Object.hasOwn(policy.nodes, id));
  return {
    nodes: Object.fromEntries(chosen.flatMap((id) => entryOf(id, policy.nodes[id]))),
    layout: Object.fromEntries(chosen.flatMap((id) => entryOf(id, places[id]))),
  };
}

function entryOf<T>(id: NodeId, value: T | undefined): readonly (readonly [NodeId, T])[] {
  return value === undefined ? [] : [[id, value]];
}

function added(
  clip: Clip,
  ids: ReadonlyMap<NodeId, NodeId>,
  at: Place,
  lead: (to: NodeId) => NodeId | null,
): Command {
  return (policy) => {
    if (ids.size === 0) return policy;
    const placed = layoutMissing()(policy);
    const [left, top] = cornerOf(clip);
    const nodes = { ...placed.nodes };
    const layout = { ...placed.layout };
    for (const [id, node] of Object.entries(clip.nodes)) {
      const own = ids.get(id);
      if (own === undefined || Object.hasOwn(policy.nodes, own)) return policy;
      const [x, y] = clip.layout[id] ?? [left, top];
      nodes[own] = leadExits(node, lead);
      layout[own] = snapped([at[0] + x - left, at[1] + y - top]);
    }
    return { ...placed, nodes, layout, entry: placed.entry ?? [...ids.values()][0] ?? null };
  };
}

function cornerOf(clip: Clip): Place {
  const places = Object.values(clip.layout);
  if (places.length === 0) return [0, 0];
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}
