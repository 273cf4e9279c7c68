import type { NodeId } from '#engine/nodes/index.ts';
import type { Group, Note, Policy } from '#engine/policy/index.ts';
import { withGroups } from '../commands/groups.ts';
import { freeSlug } from '../commands/node-ids.ts';
import { withNotes } from '../commands/notes.ts';
import { isSame } from './merge-values.ts';

/** What of notes and groups is merged like settings: words. Places, measures and members are merged by rules of their own. */
export function wordsOfAnnotations({ notes, groups }: Pick<Policy, 'notes' | 'groups'>): object {
  return {
    notes: mapValues(notes ?? {}, ({ text, colour }) => ({ text, colour })),
    groups: mapValues(groups ?? {}, ({ name }) => ({ name })),
  };
}

type Words = {
  readonly notes: Readonly<Record<string, Pick<Note, 'text' | 'colour'>>>;
  readonly groups: Readonly<Record<string, Pick<Group, 'name'>>>;
};

/** Notes and groups with merged words, where each side put them: mine win, as with nodes. Members are merged as sets. */
export function withAnnotations(merged: Policy, words: Words, three: Three<Policy>): Policy {
  const notes = Object.entries(words.notes).flatMap(([id, own]): readonly (readonly [string, Note])[] => {
    const sides = of(three, (policy) => policy.notes?.[id]);
    const at = placed(of(sides, (note) => note?.at));
    const size = placed(of(sides, (note) => note?.size));
    return at === undefined || size === undefined ? [] : [[id, { ...own, at, size }]];
  });
  const groups: Record<string, Group> = {};
  const taken = new Set<NodeId>();
  for (const [id, { name }] of Object.entries(words.groups).toSorted(byId)) {
    const sides = of(three, (policy) => policy.groups?.[id]);
    const nodes = mergedMembers(of(sides, (group) => group?.nodes ?? [])).filter(
      (node) => Object.hasOwn(merged.nodes, node) && !taken.has(node),
    );
    for (const node of nodes) taken.add(node);
    const collapsed = placed(of(sides, (group) => group?.collapsed)) ?? false;
    const subpolicy = placed(of(sides, (group) => group?.subpolicy));
    if (nodes.length > 0)
      groups[id] = { name, nodes, collapsed, ...(subpolicy === undefined ? {} : { subpolicy }) };
  }
  return withGroups(withNotes(merged, Object.fromEntries(notes)), groups);
}

/** Whose group a node stands in that both put into one must not depend on the side it is seen from. */
function byId([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

interface Three<T> {
  readonly base: T;
  readonly mine: T;
  readonly theirs: T;
}

function of<T, W>({ base, mine, theirs }: Three<T>, get: (value: T) => W): Three<W> {
  return { base: get(base), mine: get(mine), theirs: get(theirs) };
}

/** Mine, unless only they changed it. */
function placed<T>({ base, mine, theirs }: Three<T | undefined>): T | undefined {
  if (mine === undefined || theirs === undefined) return mine ?? theirs;
  return base !== undefined && isSame(base, mine) ? theirs : mine;
}

/** Who joined on either side is in, who left on either side is out; in the order of mine, then of theirs. */
function mergedMembers({ base, mine, theirs }: Three<readonly NodeId[]>): readonly NodeId[] {
  const stays = (id: NodeId): boolean => !base.includes(id) || (mine.includes(id) && theirs.includes(id));
  return [...new Set([...mine, ...theirs])].filter(stays);
}

/** Notes and groups that both sides added under one id: mine get another, so that there are two. */
export function keepAnnotationsApart(base: Policy, mine: Policy, theirs: Policy): AnnotationIds {
  return {
    notes: idsApart(base.notes ?? {}, mine.notes ?? {}, theirs.notes ?? {}),
    groups: idsApart(base.groups ?? {}, mine.groups ?? {}, theirs.groups ?? {}),
  };
}

export interface AnnotationIds {
  readonly notes: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
}

function idsApart(
  base: object,
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
) {
  const given = new Map<string, string>();
  const taken = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
  for (const [id, value] of Object.entries(mine)) {
    if (Object.hasOwn(base, id) || !Object.hasOwn(theirs, id) || isSame(value, theirs[id])) continue;
    const free = freeSlug(id.replace(/-\d+$/, '') || id, (slug) => taken.has(slug));
    given.set(id, free);
    taken.add(free);
  }
  return given;
}

/** The policy with notes and groups under other ids. */
export function withAnnotationIds(policy: Policy, ids: AnnotationIds): Policy {
  if (ids.notes.size + ids.groups.size === 0) return policy;
  const rename = <T>(record: Readonly<Record<string, T>>, names: ReadonlyMap<string, string>) =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [names.get(id) ?? id, value]));
  return withGroups(
    withNotes(policy, rename(policy.notes ?? {}, ids.notes)),
    rename(policy.groups ?? {}, ids.groups),
  );
}

function mapValues<T, W>(record: Readonly<Record<string, T>>, map: (value: T) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([id, value]) => [id, map(value)]));
}
