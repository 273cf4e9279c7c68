import { type Changes, type Deadlines, noChanges, noDeadlines } from '../nodes/index.ts';
import type { Attempt } from './plan.ts';

const nothing = Object.freeze({});
const none: readonly never[] = Object.freeze([]);

/** A call on its own, with nowhere to move on to; takes only what differs. */
export function plainCall(
  node: string,
  target: string,
  different: { readonly changes?: Changes; readonly deadlines?: Deadlines } = {},
): Extract<Attempt, { kind: 'call' }> {
  return Object.freeze({
    kind: 'call',
    node,
    target,
    changes: different.changes ?? noChanges,
    deadlines: different.deadlines ?? noDeadlines,
    moves: nothing,
    within: none,
    accept: null,
    retryBudgets: none,
  });
}
