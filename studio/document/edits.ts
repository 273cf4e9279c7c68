import { kindNamed, type NodeId, type NodeKindName, type PolicyNode } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { besideFolded } from './beside-folded.ts';
import {
  addNode,
  type Clip,
  clipOf,
  connect,
  countLooseExits,
  deleteNodes,
  deleteNotes,
  disconnect,
  duplicate,
  type Exit,
  exitsOf,
  freeSlug,
  inOrder,
  insertOnEdge,
  membersOf,
  newIdsFor,
  newNoteIdsFor,
  type Place,
  pasteNodes,
  ungroup,
  whyNotConnect,
} from './commands/index.ts';
import { modelName, titleIn, titleOf } from './describe-node.ts';
import type { PolicyDocument } from './document.ts';
import type { DocumentState } from './document-state.ts';
import { notesInside } from './drawing.ts';
import { groupMark, type MarkId, markIn, noteMark } from './marks.ts';
import { dropBrought, leadPast } from './subpolicy/remove.ts';

/** Where a new node goes: on its own, behind an open exit, or into an edge. */
export type Spot =
  | { readonly kind: 'free'; readonly at?: Place | undefined }
  | { readonly kind: 'exit'; readonly exit: Exit; readonly at?: Place | undefined }
  | { readonly kind: 'edge'; readonly exit: Exit; readonly at?: Place | undefined };

/** Adds a blank node of a kind and selects it; answers its id, or `undefined` where nothing could be added. */
export function insertNode(
  document: PolicyDocument,
  name: NodeKindName,
  spot: Spot,
  settings: Partial<PolicyNode> = {},
): NodeId | undefined {
  const { policy } = document.store.getState();
  const kind = kindNamed(name);
  const node = { ...kind.blank(), ...settings } as PolicyNode;
  const id = freeSlug(idSource(node), (slug) => Object.hasOwn(policy.nodes, slug), name);
  const at = spot.at ?? besideFolded(policy, spot);
  const command =
    spot.kind === 'edge'
      ? insertOnEdge({ id, node, at }, spot.exit)
      : addNode({ id, node, at }, spot.kind === 'exit' ? spot.exit : undefined);
  if (!document.run(command, `Add ${kind.form.title.toLowerCase()}`)) return undefined;
  document.select([id]);
  return id;
}

/** Ids come from the label, a model's from its name. */
function idSource(node: PolicyNode): string {
  return node.kind === 'model' && node.label === undefined ? modelName(node.target) : titleOf(node);
}

/** Leads an exit to a node, or says why not. */
export function connectExit(document: PolicyDocument, exit: Exit, to: NodeId): boolean {
  const { policy } = document.store.getState();
  const reason = whyNotConnect(policy, exit, to);
  if (reason !== undefined) {
    document.announce(reason);
    return false;
  }
  return document.run(connect(exit, to), `Connect ${titleIn(policy, exit.node)} to ${titleIn(policy, to)}`);
}

/** Takes the edge off an exit. */
export function disconnectExit(document: PolicyDocument, exit: Exit): boolean {
  const { policy } = document.store.getState();
  return document.run(disconnect(exit), `Disconnect an exit of ${titleIn(policy, exit.node)}`);
}

/** Leads an exit that leads somewhere already to another node, or from another exit: one step. */
export function reconnectExit(document: PolicyDocument, old: Exit, exit: Exit, to: NodeId): boolean {
  if (old.node === exit.node && old.port === exit.port) return connectExit(document, exit, to);
  const { policy } = document.store.getState();
  const freed = disconnect(old)(policy);
  const reason = whyNotConnect(freed, exit, to);
  if (reason !== undefined) {
    document.announce(reason);
    return false;
  }
  return document.run(
    (now) => connect(exit, to)(disconnect(old)(now)),
    `Reconnect ${titleIn(policy, exit.node)} to ${titleIn(policy, to)}`,
  );
}

/** What a selection stands for: a group stands for its nodes and the notes inside its frame. */
export function chosenThings(state: Pick<DocumentState, 'policy' | 'selection' | 'marks'>): {
  readonly nodes: ReadonlySet<NodeId>;
  readonly notes: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
} {
  const { policy, selection, marks } = state;
  const nodes = new Set(selection);
  const notes = new Set<string>();
  const groups = new Set<string>();
  for (const mark of marks) {
    const found = markIn(policy, mark);
    if (found?.kind === 'note') notes.add(found.id);
    if (found?.kind !== 'group') continue;
    groups.add(found.id);
    for (const id of membersOf(policy).get(found.id) ?? []) nodes.add(id);
    for (const id of notesInside(policy, found.id)) notes.add(id);
  }
  return { nodes, notes, groups };
}

/** `1 node`, `2 nodes and 1 note`. */
export function tellThings(nodes: number, notes: number): string {
  const parts = [
    ...(nodes === 0 && notes > 0 ? [] : [nodesText(nodes)]),
    ...(notes === 0 ? [] : [notes === 1 ? '1 note' : `${notes} notes`]),
  ];
  return parts.join(' and ');
}

/**
 * Deletes nodes, notes and sub-policies as a whole, takes frames away (their nodes stay unless told otherwise), or cuts the selected edge;
 * selects what led to the nodes, so that the keyboard keeps its place.
 */
export function deleteSelection(
  document: PolicyDocument,
  { heal = true, withMembers = false }: { readonly heal?: boolean; readonly withMembers?: boolean } = {},
): void {
  const state = document.store.getState();
  const { policy, selectedEdge } = state;
  if (selectedEdge !== null) {
    const exit = exitOfEdge(selectedEdge);
    if (disconnectExit(document, exit)) document.select([exit.node]);
    return;
  }
  const chosen = chosenThings(state);
  const units = [...chosen.groups].filter((id) => policy.groups?.[id]?.subpolicy !== undefined);
  const ofUnits = units.flatMap((id) => membersOf(policy).get(id) ?? []);
  const nodes = withMembers ? chosen.nodes : new Set([...state.selection, ...ofUnits]);
  const notes = withMembers ? chosen.notes : notesOf(state.marks);
  if (nodes.size + notes.size + chosen.groups.size === 0) return;
  const before = Object.keys(policy.nodes).find((id) => {
    const node = policy.nodes[id];
    return node !== undefined && !nodes.has(id) && exitsOf(node).some((exit) => nodes.has(exit.to ?? ''));
  });
  const freed = nodes.size === 0 ? [...chosen.groups].flatMap((id) => membersOf(policy).get(id) ?? []) : [];
  const brought = units.flatMap((id) => Object.values(policy.groups?.[id]?.subpolicy?.classifiers ?? {}));
  const command = inOrder(
    heal ? leadPast(units) : (now) => now,
    ungroup(chosen.groups),
    deleteNotes(notes),
    deleteNodes(nodes, { heal }),
    dropBrought(brought),
  );
  if (document.run(command, deletionLabel(policy, nodes, notes, chosen.groups)))
    document.select(before === undefined ? freed : [before]);
}

function notesOf(marks: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...marks].filter((mark) => mark.startsWith('note:')).map((mark) => mark.slice(5)));
}

function deletionLabel(
  policy: Policy,
  nodes: ReadonlySet<NodeId>,
  notes: ReadonlySet<string>,
  groups: ReadonlySet<string>,
): string {
  const [node] = nodes;
  const [group] = groups;
  if (nodes.size === 0 && notes.size === 0)
    return groups.size === 1
      ? `Ungroup ${policy.groups?.[group ?? '']?.name}`
      : `Ungroup ${groups.size} groups`;
  const unit = groups.size === 1 ? policy.groups?.[group ?? ''] : undefined;
  if (
    unit?.subpolicy !== undefined &&
    unit.nodes.filter((id) => Object.hasOwn(policy.nodes, id)).length === nodes.size
  )
    return `Delete sub-policy ${unit.name}`;
  if (nodes.size === 1 && node !== undefined && notes.size === 0) return `Delete ${titleIn(policy, node)}`;
  return `Delete ${tellThings(nodes.size, notes.size)}`;
}

/** Doubles what is selected and selects the doubles. */
export function duplicateSelection(document: PolicyDocument): void {
  const state = document.store.getState();
  const chosen = chosenThings(state);
  const clip = clipOf(state.policy, chosen.nodes, chosen.notes);
  const ids = newIdsFor(state.policy, clip);
  const notes = newNoteIdsFor(state.policy, clip);
  if (ids.size + notes.size === 0) return;
  if (document.run(duplicate(clip, ids), `Duplicate ${tellThings(ids.size, notes.size)}`))
    document.select(arrived(state.policy, document.store.getState().policy, ids, notes));
}

/** Adds what a clip holds and selects it; says what could not come along. */
export function pasteClip(document: PolicyDocument, clip: Clip, at: Place): void {
  const { policy } = document.store.getState();
  const ids = newIdsFor(policy, clip);
  const notes = newNoteIdsFor(policy, clip);
  const what = tellThings(ids.size, notes.size);
  const loose = countLooseExits(clip);
  const note = loose === 0 ? '' : `; ${loose} ${loose === 1 ? 'exit leads' : 'exits lead'} nowhere now`;
  if (!document.run(pasteNodes(clip, ids, at), `Paste ${what}`)) return;
  document.select(arrived(policy, document.store.getState().policy, ids, notes));
  if (note !== '') document.announce(`Pasted ${what}${note}.`);
}

/** What came in, as it is drawn: nodes, notes, and for nodes of a folded group its card. */
function arrived(
  before: Policy,
  after: Policy,
  ids: ReadonlyMap<NodeId, NodeId>,
  notes: ReadonlyMap<string, string>,
): readonly (NodeId | MarkId)[] {
  const folded = Object.entries(after.groups ?? {}).filter(
    ([id, { collapsed }]) => collapsed && !Object.hasOwn(before.groups ?? {}, id),
  );
  const hidden = new Set(folded.flatMap(([, { nodes }]) => nodes));
  return [
    ...folded.map(([id]) => groupMark(id)),
    ...[...ids.values()].filter((id) => !hidden.has(id)),
    ...[...notes.values()].map(noteMark),
  ];
}

/** `task:code` → the exit it starts from. */
export function exitOfEdge(edge: string): Exit {
  const colon = edge.indexOf(':');
  return { node: edge.slice(0, colon), port: edge.slice(colon + 1) };
}

/** Nodes an exit may lead to, in order of their names. */
export function legalTargets(document: PolicyDocument, exit: Exit): readonly NodeId[] {
  const { policy } = document.store.getState();
  return Object.keys(policy.nodes).filter((id) => whyNotConnect(policy, exit, id) === undefined);
}

/** A kind fits into an edge when it has an exit to lead on by. */
export function fitsIntoEdge(name: NodeKindName): boolean {
  const kind = kindNamed(name);
  return exitsOf(kind.blank()).length > 0;
}

function nodesText(count: number): string {
  return count === 1 ? '1 node' : `${count} nodes`;
}
