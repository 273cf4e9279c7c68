import type { NodeId } from '#engine/nodes/index.ts';
import { Policy } from '#engine/policy/index.ts';
import { withAnnotations, wordsOfAnnotations } from './merge-annotations.ts';
import { type Clash, isSame, mergeValues, type Settle, type Side } from './merge-values.ts';

/** What both sides changed, each differently: a setting, an exit, or a node that one side deleted. */
export interface MergeConflict extends Clash {
  /** Names the place; the same for the same place in a later merge. */
  readonly key: string;
}

export interface Merge {
  readonly policy: Policy;
  /** Empty: the two touched different places. Else each stands in `policy` as `choose` said. */
  readonly conflicts: readonly MergeConflict[];
}

/** Whose value stands where both changed one place. */
export type Choose = (conflict: MergeConflict) => Side;

/**
 * Merges two edits of one policy, node by node, setting by setting, exit by exit: what only one side changed is taken
 * from it. Places on the canvas never conflict: mine win. The outcome is a policy by the schema: where settings merged
 * one by one would not be, nodes are merged whole.
 */
export function mergePolicies(
  base: Policy,
  mine: Policy,
  theirs: Policy,
  choose: Choose = () => 'mine',
): Merge {
  const whole = new Set<NodeId>();
  const fine = attempt(base, mine, theirs, choose, whole);
  if (fine !== null) return fine;
  for (const id of Object.keys(mine.nodes)) whole.add(id);
  const coarse = attempt(base, mine, theirs, choose, whole);
  if (coarse !== null) return coarse;
  const conflict = withKey({ path: [], base, mine, theirs });
  return { policy: choose(conflict) === 'mine' ? mine : theirs, conflicts: [conflict] };
}

function attempt(
  base: Policy,
  mine: Policy,
  theirs: Policy,
  choose: Choose,
  whole: ReadonlySet<NodeId>,
): Merge | null {
  const conflicts: MergeConflict[] = [];
  const settle: Settle = (clash) => {
    const conflict = withKey(clash);
    conflicts.push(conflict);
    return choose(conflict);
  };
  const merged = mergeValues(
    { path: [], base: sealed(base, whole), mine: sealed(mine, whole), theirs: sealed(theirs, whole) },
    settle,
  );
  const { notes, groups, ...decides } = unsealed(merged);
  const read = Policy.safeParse(decides);
  if (!read.success) return null;
  const { layout: _layout, ...rest } = read.data;
  const policy = { ...rest, layout: mergeLayout(base, mine, theirs, rest.nodes) };
  return { policy: withAnnotations(policy, { notes, groups }, { base, mine, theirs }), conflicts };
}

function withKey(clash: Clash): MergeConflict {
  return { ...clash, key: JSON.stringify(clash.path) };
}

/** Without places; nodes that are merged whole are put in a list of one, which is never looked into. */
function sealed(policy: Policy, whole: ReadonlySet<NodeId>): object {
  const { layout: _layout, notes: _notes, groups: _groups, nodes, ...rest } = policy;
  const entries = Object.entries(nodes).map(([id, node]) => [id, whole.has(id) ? [node, 'whole'] : node]);
  return { ...rest, ...wordsOfAnnotations(policy), nodes: Object.fromEntries(entries) };
}

type Unsealed = Parameters<typeof withAnnotations>[1] & Readonly<Record<string, unknown>>;

function unsealed(merged: unknown): Unsealed {
  const { nodes, ...rest } = merged as Unsealed & { readonly nodes: Readonly<Record<string, unknown>> };
  const entries = Object.entries(nodes).map(([id, node]) => [id, Array.isArray(node) ? node[0] : node]);
  return { ...rest, nodes: Object.fromEntries(entries) };
}

function mergeLayout(base: Policy, mine: Policy, theirs: Policy, nodes: Policy['nodes']): Policy['layout'] {
  const places = Object.keys(nodes).flatMap((id) => {
    const [was, own, other] = [base.layout[id], mine.layout[id], theirs.layout[id]];
    const place = own === undefined || (other !== undefined && isSame(was ?? null, own)) ? other : own;
    return place === undefined ? [] : [[id, place] as const];
  });
  return Object.fromEntries(places);
}
