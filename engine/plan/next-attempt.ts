import type { ErrorClass } from '../nodes/index.ts';
import type { Attempt, Decision, Refusal } from './plan.ts';

/** How one attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'served' }
  | { readonly kind: 'failed'; readonly error: ErrorClass };

export type Next =
  | { readonly kind: 'call'; readonly index: number; readonly attempt: Extract<Attempt, { kind: 'call' }> }
  | { readonly kind: 'refuse'; readonly refusal: Refusal }
  | { readonly kind: 'served' }
  | { readonly kind: 'failed'; readonly error: ErrorClass };

/**
 * Decision + what happened so far → what happens next. `outcomes` are in order of trying. Pure; shared by the gateway
 * and the simulator, so that a fallback means the same in both.
 */
export function nextAttempt(decision: Decision, outcomes: readonly AttemptOutcome[]): Next {
  let index = 0;
  for (const outcome of outcomes) {
    const attempt = decision.attempts[index];
    if (outcome.kind === 'served') return outcome;
    const next = attempt?.kind === 'call' ? attempt.moves[outcome.error] : undefined;
    if (next === undefined) return outcome;
    index = next;
  }
  const attempt = decision.attempts[index];
  if (attempt === undefined) throw new Error('A decision without attempts was asked for the next one.');
  return attempt.kind === 'refuse'
    ? { kind: 'refuse', refusal: attempt.refusal }
    : { kind: 'call', index, attempt };
}
