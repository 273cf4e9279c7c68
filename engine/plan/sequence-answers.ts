import { type ErrorClass, mergeAccept } from '../nodes/index.ts';
import type { Attempt, Fixed, Moves, Sequence, Step } from './plan.ts';

/**
 * Joins the answers of the tries of a fallback or cascade: attempts are renumbered, and a failure that the sequence lists
 * moves from any attempt of one try to the first of the next. What an inner sequence already moves on from stays as it
 * is. A try that has nobody to call (a pool without a candidate) is passed over where its kind of failure is listed.
 */
export function sequenceAnswers(
  sequence: Sequence,
  steps: readonly Step[],
  answers: readonly Fixed[],
): Fixed {
  const path: Step[] = [];
  const attempts: Attempt[] = [];
  const last = lastCallable(answers, sequence.on);
  for (const [index, answer] of answers.entries()) {
    const step = steps[index];
    if (step !== undefined) path.push(step);
    path.push(...answer.path);
    if (index !== last && isPassedOver(answer, sequence.on)) continue;
    const start = attempts.length;
    const place = { start, next: index < last ? start + answer.attempts.length : null, index };
    for (const attempt of answer.attempts) attempts.push(shift(attempt, place, sequence));
  }
  return { path, attempts };
}

/** The last try that is not passed over; where all are, the last one says why. */
function lastCallable(answers: readonly Fixed[], on: readonly ErrorClass[]): number {
  const callable = answers.findLastIndex((answer) => !isPassedOver(answer, on));
  return callable < 0 ? answers.length - 1 : callable;
}

function isPassedOver({ attempts: [first] }: Fixed, on: readonly ErrorClass[]): boolean {
  return first?.kind === 'refuse' && first.countsAs !== null && on.includes(first.countsAs);
}

interface Place {
  /** Number of the try's first attempt. */
  readonly start: number;
  /** Number of the next try's first attempt; `null` for the last. */
  readonly next: number | null;
  readonly index: number;
}

function shift(attempt: Attempt, { start, next, index }: Place, sequence: Sequence): Attempt {
  if (attempt.kind === 'refuse') return attempt;
  const { node, on, deadlineMs, accept, retryBudget } = sequence;
  const within = attempt.within.map(({ from, ms }) => ({ from: from + start, ms }));
  if (deadlineMs !== null) within.push({ from: 0, ms: deadlineMs });
  const isRetry = index > 0 && retryBudget !== null;
  return Object.freeze({
    ...attempt,
    within: Object.freeze(within),
    moves: shiftMoves(attempt.moves, start, next, on),
    accept: index === 0 ? mergeAccept(accept, attempt.accept) : attempt.accept,
    retryBudgets: isRetry ? [...attempt.retryBudgets, { node, share: retryBudget }] : attempt.retryBudgets,
  });
}

function shiftMoves(moves: Moves, by: number, nextTry: number | null, on: readonly ErrorClass[]): Moves {
  const shifted: Partial<Record<ErrorClass, number>> = {};
  if (nextTry !== null) for (const error of on) shifted[error] = nextTry;
  for (const [error, to] of Object.entries(moves) as [ErrorClass, number][]) shifted[error] = to + by;
  return Object.freeze(shifted);
}
