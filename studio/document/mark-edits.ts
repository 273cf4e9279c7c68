import type { NodeId } from '#engine/nodes/index.ts';
import { groupLimits, type Note, noteLimits } from '#engine/policy/index.ts';
import {
  addNote,
  changeGroup,
  changeNote,
  freeSlug,
  groupNodes,
  inOrder,
  membersOf,
  moveNodes,
  moveNotes,
  newNoteSize,
  type Place,
  placesOf,
  resizeNote,
  takeOutOfGroups,
  ungroup,
} from './commands/index.ts';
import type { PolicyDocument } from './document.ts';
import { chosenThings, tellThings } from './edits.ts';
import { groupMark, type MarkId, markIn, noteMark, titleOfMark } from './marks.ts';
import { unfolded } from './subpolicy/room.ts';

/** Adds an empty note and selects it; answers its mark, or `undefined` where none could be added. */
export function insertNote(
  document: PolicyDocument,
  at: Place,
  note: Partial<Note> = {},
): MarkId | undefined {
  const { policy } = document.store.getState();
  const notes = policy.notes ?? {};
  if (Object.keys(notes).length >= noteLimits.count) {
    document.announce(`A policy holds at most ${noteLimits.count} notes.`);
    return undefined;
  }
  const id = freeSlug('note', (slug) => Object.hasOwn(notes, slug));
  const size: [number, number] = [newNoteSize[0], newNoteSize[1]];
  if (!document.run(addNote(id, { size, ...note, at: [at[0], at[1]] }), 'Add note')) return undefined;
  document.select([noteMark(id)]);
  return noteMark(id);
}

/** Puts the selected nodes into a new group and selects it; answers its mark, or says why not. */
export function groupSelection(document: PolicyDocument): MarkId | undefined {
  const state = document.store.getState();
  const { nodes } = chosenThings(state);
  const groups = state.policy.groups ?? {};
  const refuse = (reason: string): undefined => {
    document.announce(reason);
    return undefined;
  };
  if (nodes.size === 0) return refuse('Select the nodes to group first.');
  if (Object.keys(groups).length >= groupLimits.count)
    return refuse(`A policy holds at most ${groupLimits.count} groups.`);
  if (nodes.size > groupLimits.nodes) return refuse(`A group holds at most ${groupLimits.nodes} nodes.`);
  const id = freeSlug('group', (slug) => Object.hasOwn(groups, slug));
  const names = new Set(Object.values(groups).map(({ name }) => name));
  let name = 'Group';
  for (let count = 2; names.has(name); count += 1) name = `Group ${count}`;
  if (!document.run(groupNodes(id, name, nodes), `Group ${tellThings(nodes.size, 0)}`)) return undefined;
  document.select([groupMark(id)]);
  return groupMark(id);
}

/** Takes the selected groups away, or those the selected nodes are in; the nodes stay, and are selected. */
export function ungroupSelection(document: PolicyDocument): void {
  const state = document.store.getState();
  const { groups, nodes } = chosenThings(state);
  const ids = new Set(groups);
  for (const [id, members] of membersOf(state.policy))
    if (groups.size === 0 && members.some((one) => nodes.has(one))) ids.add(id);
  if (ids.size === 0) {
    document.announce('Select a group first.');
    return;
  }
  const freed = [...ids].flatMap((id) => membersOf(state.policy).get(id) ?? []);
  const [first] = ids;
  const name =
    ids.size === 1 && first !== undefined ? state.policy.groups?.[first]?.name : `${ids.size} groups`;
  if (document.run(ungroup(ids), `Ungroup ${name}`)) document.select(freed);
}

/** Takes the selected nodes out of their groups. */
export function leaveGroups(document: PolicyDocument): void {
  const { selection } = document.store.getState();
  if (!document.run(takeOutOfGroups(selection), `Take ${tellThings(selection.size, 0)} out of the group`))
    document.announce('What is selected stands in no group.');
}

/** Folds the selected groups up, or unfolds them; of a node's selection, the group it is in. */
export function foldSelection(document: PolicyDocument): void {
  const state = document.store.getState();
  const [mark] = [...state.marks].filter((one) => one.startsWith('group:'));
  const [node] = state.selection;
  const found = mark === undefined ? undefined : markIn(state.policy, mark);
  const id =
    found?.kind === 'group' ? found.id : node === undefined ? undefined : groupAt(state.policy, node);
  const group = id === undefined ? undefined : state.policy.groups?.[id];
  if (id === undefined || group === undefined) {
    document.announce('Select a group first.');
    return;
  }
  foldGroup(document, id);
}

/** Folds a group up, or unfolds it where it lies, and selects it; what an open frame would cover makes room. */
export function foldGroup(document: PolicyDocument, id: string): void {
  const group = document.store.getState().policy.groups?.[id];
  if (group === undefined) return;
  const fold = changeGroup(id, { collapsed: true });
  const ran = group.collapsed
    ? document.run((policy) => unfolded(policy, id), `Unfold ${group.name}`, { looksOnly: true })
    : document.run(fold, `Fold ${group.name}`, { looksOnly: true });
  if (ran) document.select([groupMark(id)]);
}

function groupAt(policy: Parameters<typeof membersOf>[0], node: NodeId): string | undefined {
  return [...membersOf(policy)].find(([, nodes]) => nodes.includes(node))?.[0];
}

/** Gives a mark other words: a group's name, a note's text. An empty name is refused by keeping the old one. */
export function rewordMark(document: PolicyDocument, mark: string, text: string): void {
  const found = markIn(document.store.getState().policy, mark);
  if (found === undefined) return;
  if (found.kind === 'note') document.run(changeNote(found.id, { text }), 'Edit note');
  else if (text.trim() !== '')
    document.run(changeGroup(found.id, { name: text.trim() }), `Rename group to ${text.trim()}`);
}

/** Moves what is selected: nodes, notes, and groups with what they hold. One entry a burst of the same `gesture`. */
export function moveSelectionBy(document: PolicyDocument, [x, y]: Place, gesture?: string): void {
  const state = document.store.getState();
  const { nodes, notes } = chosenThings(state);
  const places = placesOf(state.policy);
  const toNode = new Map([...nodes].map((id) => [id, shifted(places[id] ?? [0, 0], x, y)] as const));
  const toNote = new Map(
    [...notes].map((id) => [id, shifted(state.policy.notes?.[id]?.at ?? [0, 0], x, y)] as const),
  );
  moveThings(document, toNode, toNote, gesture);
}

/** Puts nodes and notes to new places as one step. */
export function moveThings(
  document: PolicyDocument,
  nodes: ReadonlyMap<NodeId, Place>,
  notes: ReadonlyMap<string, Place>,
  gesture?: string,
): void {
  const what = nodes.size === 1 && notes.size === 0 ? 'node' : tellThings(nodes.size, notes.size);
  const command = inOrder(moveNodes(nodes), moveNotes(notes));
  document.run(command, `Move ${what}`, gesture === undefined ? {} : { gesture });
}

/** Makes the selected note larger or smaller. */
export function resizeSelectedNote(document: PolicyDocument, [width, height]: Place): void {
  const { policy, marks } = document.store.getState();
  const [mark] = [...marks].filter((one) => one.startsWith('note:'));
  const found = mark === undefined ? undefined : markIn(policy, mark);
  if (found?.kind !== 'note') {
    document.announce('Select a note first.');
    return;
  }
  const size = [found.note.size[0] + width, found.note.size[1] + height] as const;
  const gesture = `resize:${found.id}`;
  if (document.run(resizeNote(found.id, size), `Resize note ${titleOfMark(found)}`, { gesture })) return;
  document.announce('The note cannot be larger or smaller that way.');
}

function shifted([left, top]: Place, x: number, y: number): Place {
  return [left + x, top + y];
}
