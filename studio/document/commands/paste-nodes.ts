import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { type Group, groupLimits, type Note, noteLimits, type Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { leadExits } from './exits.ts';
import { withGroups, withMemberIds } from './groups.ts';
import { layoutMissing, placesOf } from './layout.ts';
import { freeSlug } from './node-ids.ts';
import { withNotes } from './notes.ts';
import { type Place, snapped } from './place.ts';

/** Some nodes of a policy with notes and groups, as they travel over the clipboard. */
export interface Clip {
  readonly nodes: Readonly<Record<NodeId, PolicyNode>>;
  readonly layout: Readonly<Record<NodeId, Place>>;
  readonly notes?: Readonly<Record<string, Note>> | undefined;
  readonly groups?: Readonly<Record<string, Group>> | undefined;
}

/** New ids for the nodes of a clip, free in the policy: an id is kept where it can be. */
export function newIdsFor(policy: Policy, clip: Clip): ReadonlyMap<NodeId, NodeId> {
  return freeIds(Object.keys(clip.nodes), policy.nodes);
}

/** New ids for the notes of a clip, which a paste gives them. */
export function newNoteIdsFor(policy: Policy, clip: Clip): ReadonlyMap<string, string> {
  return freeIds(Object.keys(clip.notes ?? {}), policy.notes ?? {});
}

function freeIds(ids: readonly string[], there: object): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  for (const id of ids) {
    const base = id.replace(/-\d+$/, '') || id;
    const free = freeSlug(
      Object.hasOwn(there, id) ? base : id,
      (slug) => Object.hasOwn(there, slug) || taken.has(slug),
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

/** The nodes and notes of a selection with their places, and every group whose nodes are all among them. */
export function clipOf(policy: Policy, ids: Iterable<NodeId>, notes: Iterable<string> = []): Clip {
  const places = placesOf(policy);
  const chosen = [...ids].filter((id) => Object.hasOwn(policy.nodes, id));
  const groups = Object.entries(policy.groups ?? {}).flatMap(([id, group]) => {
    const nodes = group.nodes.filter((one) => Object.hasOwn(policy.nodes, one));
    return nodes.length > 0 && nodes.every((one) => chosen.includes(one)) ? [[id, { ...group, nodes }]] : [];
  });
  const texts = [...notes].flatMap((id) => entryOf(id, policy.notes?.[id]));
  return {
    nodes: Object.fromEntries(chosen.flatMap((id) => entryOf(id, policy.nodes[id]))),
    layout: Object.fromEntries(chosen.flatMap((id) => entryOf(id, places[id]))),
    ...(texts.length === 0 ? {} : { notes: Object.fromEntries(texts) }),
    ...(groups.length === 0 ? {} : { groups: Object.fromEntries(groups) }),
  };
}

function entryOf<T>(id: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[id, value]];
}

function added(
  clip: Clip,
  ids: ReadonlyMap<NodeId, NodeId>,
  at: Place,
  lead: (to: NodeId) => NodeId | null,
): Command {
  return (policy) => {
    if (ids.size === 0 && Object.keys(clip.notes ?? {}).length === 0) return policy;
    const placed = layoutMissing()(policy);
    const [left, top] = cornerOf(clip);
    const shifted = ([x, y]: Place): [number, number] => snapped([at[0] + x - left, at[1] + y - top]);
    const nodes = { ...placed.nodes };
    const layout = { ...placed.layout };
    for (const [id, node] of Object.entries(clip.nodes)) {
      const own = ids.get(id);
      if (own === undefined || Object.hasOwn(policy.nodes, own)) return policy;
      nodes[own] = leadExits(node, lead);
      layout[own] = shifted(clip.layout[id] ?? [left, top]);
    }
    const grown = { ...placed, nodes, layout, entry: placed.entry ?? [...ids.values()][0] ?? null };
    return withClippedGroups(withClippedNotes(grown, clip, shifted), clip, ids);
  };
}

function withClippedNotes(policy: Policy, clip: Clip, shifted: (at: Place) => [number, number]): Policy {
  const fresh = newNoteIdsFor(policy, clip);
  const notes = { ...policy.notes };
  for (const [id, note] of Object.entries(clip.notes ?? {})) {
    const own = fresh.get(id);
    if (own !== undefined && Object.keys(notes).length < noteLimits.count)
      notes[own] = { ...note, at: shifted(note.at) };
  }
  return clip.notes === undefined ? policy : withNotes(policy, notes);
}

/** A node that is copied out of a group alone stands in none. */
function withClippedGroups(policy: Policy, clip: Clip, ids: ReadonlyMap<NodeId, NodeId>): Policy {
  const clipped = Object.entries(clip.groups ?? {});
  const fresh = freeIds(
    clipped.map(([id]) => id),
    policy.groups ?? {},
  );
  const groups = { ...policy.groups };
  const taken = new Set<NodeId>();
  for (const [id, group] of clipped) {
    const own = fresh.get(id);
    const renamed = withMemberIds(group, (one) => {
      const now = ids.get(one);
      return now === undefined || taken.has(now) ? undefined : now;
    });
    const { nodes } = renamed;
    if (own === undefined || nodes.length === 0 || Object.keys(groups).length >= groupLimits.count) continue;
    for (const one of nodes) taken.add(one);
    groups[own] = renamed;
  }
  return clipped.length === 0 ? policy : withGroups(policy, groups);
}

function cornerOf(clip: Clip): Place {
  const places = [...Object.values(clip.layout), ...Object.values(clip.notes ?? {}).map(({ at }) => at)];
  if (places.length === 0) return [0, 0];
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))];
}
