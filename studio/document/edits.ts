import { kindNamed, type NodeId, type NodeKindName, type PolicyNode } from '#engine/nodes/index.ts';
import {
  addNode,
  type Clip,
  clipOf,
  connect,
  countLooseExits,
  deleteNodes,
  disconnect,
  duplicate,
  type Exit,
  exitsOf,
  freeSlug,
  insertOnEdge,
  newIdsFor,
  type Place,
  pasteNodes,
  whyNotConnect,
} from './commands/index.ts';
import { modelName, titleIn, titleOf } from './describe-node.ts';
import type { PolicyDocument } from './document.ts';

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
  const at = spot.at;
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

/** Deletes nodes, or the selected edge; selects what led to them, so that the keyboard keeps its place. */
export function deleteSelection(
  document: PolicyDocument,
  { heal = true }: { readonly heal?: boolean } = {},
): void {
  const { policy, selection, selectedEdge } = document.store.getState();
  if (selectedEdge !== null) {
    const exit = exitOfEdge(selectedEdge);
    if (disconnectExit(document, exit)) document.select([exit.node]);
    return;
  }
  if (selection.size === 0) return;
  const [first] = selection;
  const label =
    selection.size === 1 && first !== undefined ? titleIn(policy, first) : `${selection.size} nodes`;
  const before = Object.keys(policy.nodes).find((id) => {
    const node = policy.nodes[id];
    return (
      node !== undefined && !selection.has(id) && exitsOf(node).some((exit) => selection.has(exit.to ?? ''))
    );
  });
  if (document.run(deleteNodes(selection, { heal }), `Delete ${label}`)) {
    document.select(before === undefined ? [] : [before]);
  }
}

/** Doubles the selected nodes and selects the doubles. */
export function duplicateSelection(document: PolicyDocument): void {
  const { policy, selection } = document.store.getState();
  if (selection.size === 0) return;
  const clip = clipOf(policy, selection);
  const ids = newIdsFor(policy, clip);
  if (document.run(duplicate(clip, ids), `Duplicate ${nodesText(ids.size)}`)) document.select(ids.values());
}

/** Adds the nodes of a clip and selects them; says what could not come along. */
export function pasteClip(document: PolicyDocument, clip: Clip, at: Place): void {
  const { policy } = document.store.getState();
  const ids = newIdsFor(policy, clip);
  const loose = countLooseExits(clip);
  const note = loose === 0 ? '' : `; ${loose} ${loose === 1 ? 'exit leads' : 'exits lead'} nowhere now`;
  if (!document.run(pasteNodes(clip, ids, at), `Paste ${nodesText(ids.size)}`)) return;
  document.select(ids.values());
  if (note !== '') document.announce(`Pasted ${nodesText(ids.size)}${note}.`);
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
