import type { NodeId } from '#engine/nodes/index.ts';
import { emptyPolicy, type Policy } from '#engine/policy/index.ts';
import type { Command } from '../commands/command.ts';
import { withGroups } from '../commands/groups.ts';
import type { Place } from '../commands/place.ts';
import {
  type Choose,
  idsToKeepApart,
  type MergeConflict,
  mergePolicies,
  withOtherIds,
} from '../merge/index.ts';
import { pieceOf } from './piece.ts';
import { putPiece } from './put-piece.ts';
import type { SourceVersion } from './source-version.ts';

/** Takes over a policy as a new, folded sub-policy; nothing leads to it yet. A group of that id changes nothing. */
export function takeOver(id: string, source: SourceVersion, at: Place): Command {
  return (policy) =>
    Object.hasOwn(policy.groups ?? {}, id)
      ? policy
      : putPiece(policy, source.policy, source, {
          id,
          group: { name: source.policy.name, collapsed: true },
          at,
        });
}

/** A sub-policy brought to another version, and where both it and what stands here changed one place. */
export interface Updated {
  readonly policy: Policy;
  /** Each stands in `policy` as `choose` said. Paths are those of the sub-policy's own document. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Takes over another version of a sub-policy and merges into it what was changed here since `base`, the version it was taken
 * from. Without `base` every difference counts as changed on both sides. `undefined` for a group that is no sub-policy.
 */
export function previewUpdate(
  policy: Policy,
  id: string,
  base: Policy | undefined,
  source: SourceVersion,
  choose: Choose = () => 'mine',
): Updated | undefined {
  const piece = pieceOf(policy, id);
  if (piece === undefined) return undefined;
  const before = bare(base ?? emptyPolicy(piece.id, piece.name), piece);
  const theirs = bare(source.policy, piece);
  const mine = base === undefined ? piece : withOtherIds(piece, idsToKeepApart(before, piece, theirs));
  const merged = mergePolicies(before, mine, theirs, choose);
  return { policy: put(policy, id, merged.policy, source), conflicts: merged.conflicts };
}

/** Puts a sub-policy back to what a version says; what was changed here goes. */
export function takeOverAnew(id: string, source: SourceVersion): Command {
  return (policy) => {
    const piece = pieceOf(policy, id);
    return piece === undefined ? policy : put(policy, id, bare(source.policy, piece), source);
  };
}

/** Lets a sub-policy go: its nodes stay, as a plain group. */
export function detach(id: string): Command {
  return (policy) => {
    const group = policy.groups?.[id];
    if (group?.subpolicy === undefined) return policy;
    const { subpolicy: _, ...plain } = group;
    return withGroups(policy, { ...policy.groups, [id]: plain });
  };
}

function put(policy: Policy, id: string, piece: Policy, source: SourceVersion): Policy {
  const { name = source.policy.name, collapsed = true } = policy.groups?.[id] ?? {};
  return putPiece(policy, piece, source, { id, group: { name, collapsed }, at: [0, 0] });
}

/** Only what decides: names and notes of the two documents say nothing of what stands here. */
function bare({ format, entry, nodes, classifiers, layout }: Policy, { id, name }: Policy): Policy {
  return { format, id, name, entry, nodes, ...(classifiers === undefined ? {} : { classifiers }), layout };
}

/** Where a request comes into a sub-policy, and the outputs by which it leaves; ids here. */
export function doorsOf(
  policy: Policy,
  id: string,
): { readonly entry: NodeId | undefined; readonly outputs: readonly NodeId[] } {
  const group = policy.groups?.[id];
  const entry = group?.subpolicy === undefined ? undefined : group.subpolicy.nodes[group.subpolicy.entry];
  const outputs = (group?.nodes ?? []).filter((node) => policy.nodes[node]?.kind === 'output');
  return { entry: entry !== undefined && Object.hasOwn(policy.nodes, entry) ? entry : undefined, outputs };
}
