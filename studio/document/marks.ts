import type { Group, Note, Policy } from '#engine/policy/index.ts';

/** A note or a group as canvas and outline name it; no node's id holds a colon. */
export type MarkId = `note:${string}` | `group:${string}`;

export const noteMark = (id: string): MarkId => `note:${id}`;
export const groupMark = (id: string): MarkId => `group:${id}`;

/** Whether an id of the canvas names a note or a group, not a node. */
export function isMark(id: string): id is MarkId {
  return id.startsWith('note:') || id.startsWith('group:');
}

export type Mark =
  | { readonly kind: 'note'; readonly id: string; readonly note: Note }
  | { readonly kind: 'group'; readonly id: string; readonly group: Group };

/** The note or group of a mark; `undefined` where it is no more. */
export function markIn(policy: Policy, mark: string): Mark | undefined {
  const id = mark.slice(mark.indexOf(':') + 1);
  if (mark.startsWith('note:')) {
    const note = Object.hasOwn(policy.notes ?? {}, id) ? policy.notes?.[id] : undefined;
    return note === undefined ? undefined : { kind: 'note', id, note };
  }
  if (!mark.startsWith('group:')) return undefined;
  const group = Object.hasOwn(policy.groups ?? {}, id) ? policy.groups?.[id] : undefined;
  return group === undefined ? undefined : { kind: 'group', id, group };
}

/** Every note and group of a policy: groups first, each by name or text. */
export function marksOf(policy: Policy): readonly MarkId[] {
  return [
    ...Object.keys(policy.groups ?? {}).map(groupMark),
    ...Object.keys(policy.notes ?? {}).map(noteMark),
  ];
}

const longest = 40;

/** What people call a mark: a group's name, a note's first line. */
export function titleOfMark(mark: Mark): string {
  if (mark.kind === 'group') return mark.group.name;
  const first = mark.note.text
    .split('\n')
    .map((line) => line.replaceAll(/^[#\-*\s]+|[*`_]/g, '').trim())
    .find((line) => line !== '');
  if (first === undefined) return 'Empty note';
  return first.length > longest ? `${first.slice(0, longest - 1).trimEnd()}…` : first;
}

/** A mark in one sentence for a screen reader. */
export function spokenMark(policy: Policy, mark: Mark): string {
  if (mark.kind === 'note') return `Note: ${mark.note.text.trim() === '' ? 'empty' : mark.note.text}`;
  const { name, subpolicy } = mark.group;
  const count = mark.group.nodes.filter((id) => Object.hasOwn(policy.nodes, id)).length;
  const what =
    subpolicy === undefined
      ? `Group “${name}”`
      : `Sub-policy “${name}”, from ${subpolicy.policy}${subpolicy.version === null ? '' : ` version ${subpolicy.version}`}`;
  return `${what}, ${count} ${count === 1 ? 'node' : 'nodes'}${mark.group.collapsed ? ', collapsed' : ''}`;
}
