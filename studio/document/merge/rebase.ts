import type { Policy } from '#engine/policy/index.ts';
import type { History, HistoryEntry } from '../history.ts';
import { idsToKeepApart, withOtherIds } from './keep-apart.ts';
import { keepAnnotationsApart, withAnnotationIds } from './merge-annotations.ts';
import { type Choose, type Merge, mergePolicies } from './merge-policies.ts';
import { isSame } from './merge-values.ts';

/** Edits and their history, put on top of what somebody else saved. */
export interface Rebased extends Merge {
  /** Undo takes back what was edited here and nothing of theirs. */
  readonly log: History;
}

/** The edits from `base` to `mine` done again on `theirs`. */
export function rebase(
  { base, mine, log }: { readonly base: Policy; readonly mine: Policy; readonly log: History },
  theirs: Policy,
  choose?: Choose,
): Rebased {
  const ids = idsToKeepApart(base, mine, theirs);
  const marks = keepAnnotationsApart(base, mine, theirs);
  const renamed = (own: Policy): Policy => withAnnotationIds(withOtherIds(own, ids), marks);
  const { policy, conflicts } = mergePolicies(base, renamed(mine), theirs, choose);
  const move = (entry: HistoryEntry): HistoryEntry => ({
    ...entry,
    gesture: null,
    policy: mergePolicies(base, renamed(entry.policy), theirs, () => 'theirs').policy,
  });
  return {
    policy: isSame(policy, theirs) ? theirs : policy,
    conflicts,
    log: { past: log.past.map(move), future: log.future.map(move) },
  };
}
