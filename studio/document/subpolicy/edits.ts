import type { NodeId } from '#engine/nodes/index.ts';
import { groupLimits, type Policy } from '#engine/policy/index.ts';
import { besideFolded } from '../beside-folded.ts';
import { besideExit } from '../commands/add-node.ts';
import { exitsOf } from '../commands/exits.ts';
import { connect, disconnect, type Exit, inOrder } from '../commands/index.ts';
import { freeSlug } from '../commands/node-ids.ts';
import type { PolicyDocument } from '../document.ts';
import type { Spot } from '../edits.ts';
import { groupMark, type MarkId } from '../marks.ts';
import type { Choose } from '../merge/index.ts';
import { roomForBox } from './room.ts';
import { nameOfSource, type SourceVersion } from './source-version.ts';
import { detach, doorsOf, previewUpdate, takeOver, takeOverAnew } from './take-over.ts';

/**
 * Takes over a version of another policy, folded, where it was asked for: on its own, behind an exit, or into an edge, where its
 * first output leads on. Selects it and answers its mark; says why not otherwise.
 */
export function insertSubpolicy(
  document: PolicyDocument,
  source: SourceVersion,
  spot: Spot,
): MarkId | undefined {
  const { policy } = document.store.getState();
  const reason = whyNotTakeOver(policy, source, spot);
  if (reason !== undefined) {
    document.announce(reason);
    return undefined;
  }
  const id = freeSlug(source.policy.id, (slug) => Object.hasOwn(policy.groups ?? {}, slug), 'subpolicy');
  const wished =
    spot.at ??
    besideFolded(policy, spot) ??
    (spot.kind === 'free' ? undefined : besideExit(policy, spot.exit));
  const { at, policy: cleared } = roomForBox(policy, wished);
  const command = inOrder(() => cleared, takeOver(id, source, at), wired(id, spot));
  if (!document.run(command, `Insert ${nameOfSource(source)}`)) return undefined;
  document.select([groupMark(id)]);
  return groupMark(id);
}

/** Why a policy cannot be taken over at a spot, as a sentence; `undefined` when it can. */
export function whyNotTakeOver(
  policy: Policy,
  { policy: guest }: SourceVersion,
  spot: Spot,
): string | undefined {
  if (guest.id === policy.id) return 'A policy cannot be a sub-policy of itself.';
  if (guest.entry === null || !Object.hasOwn(guest.nodes, guest.entry))
    return `${guest.name} has no entry yet, so no request could come in.`;
  if (
    spot.kind === 'edge' &&
    Object.values(guest.nodes).every((node) => node.kind !== 'output' || node.to !== null)
  )
    return `${guest.name} has no output to lead on by: it can stand behind an exit, not in an edge.`;
  if (Object.keys(policy.groups ?? {}).length >= groupLimits.count)
    return `A policy holds at most ${groupLimits.count} groups.`;
  if (Object.keys(guest.nodes).length > groupLimits.nodes)
    return `${guest.name} has more than ${groupLimits.nodes} nodes, too many for a sub-policy.`;
  return undefined;
}

function wired(id: string, spot: Spot) {
  return (policy: Policy): Policy => {
    const { entry, outputs } = doorsOf(policy, id);
    if (spot.kind === 'free' || entry === undefined) return policy;
    const to = targetOf(policy, spot.exit);
    // An output of a sub-policy within leads on inside already.
    const output = outputs.find((id) => targetOf(policy, { node: id, port: 'to' }) === null);
    const led = connect(spot.exit, entry)(disconnect(spot.exit)(policy));
    if (spot.kind === 'exit' || to === null || output === undefined) return led;
    return connect({ node: output, port: 'to' }, to)(led);
  };
}

function targetOf(policy: Policy, { node, port }: Exit): NodeId | null {
  const source = policy.nodes[node];
  return source === undefined ? null : (exitsOf(source).find(({ id }) => id === port)?.to ?? null);
}

/** Brings a sub-policy to another version, as one step: see {@link previewUpdate}. */
export function updateSubpolicy(
  document: PolicyDocument,
  id: string,
  base: Policy | undefined,
  source: SourceVersion,
  choose?: Choose,
): boolean {
  const updated = previewUpdate(document.store.getState().policy, id, base, source, choose);
  if (updated === undefined) return false;
  return document.run(() => updated.policy, `Update ${labelOf(document, id)} to ${nameOfSource(source)}`);
}

/** Puts a sub-policy back to what a version says. */
export function revertSubpolicy(document: PolicyDocument, id: string, source: SourceVersion): boolean {
  return document.run(
    takeOverAnew(id, source),
    `Put ${labelOf(document, id)} back to ${nameOfSource(source)}`,
  );
}

/** Makes a sub-policy a plain group. */
export function detachSubpolicy(document: PolicyDocument, id: string): boolean {
  return document.run(detach(id), `Let ${labelOf(document, id)} go`);
}

function labelOf(document: PolicyDocument, id: string): string {
  return document.store.getState().policy.groups?.[id]?.name ?? id;
}
