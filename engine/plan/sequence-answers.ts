import type { ErrorClass } from '../nodes/index.ts';
import type { Attempt, Fixed, Moves, Step } from './plan.ts';

/**
 * Joins the answers of a fallback's tries: attempts are renumbered, and a failure that the fallback lists moves from
 * any attempt of one try to the first of the next. What an inner fallback already moves on from stays as it is.
 */
export function sequenceAnswers(
  { on, deadlineMs }: { readonly on: readonly ErrorClass[]; readonly deadlineMs: number | null },
  steps: readonly Step[],
  answers: readonly Fixed[],
): Fixed {
  const path: Step[] = [];
  const attempts: Attempt[] = [];
  for (const [index, answer] of answers.entries()) {
    const step = steps[index];
    if (step !== undefined) path.push(step);
    path.push(...answer.path);
    const start = attempts.length;
    const nextTry = index + 1 < answers.length ? start + answer.attempts.length : null;
    for (const attempt of answer.attempts) attempts.push(shift(attempt, start, nextTry, on, deadlineMs));
  }
  return { path, attempts };
}

function shift(
  attempt: Attempt,
  by: number,
  nextTry: number | null,
  on: readonly ErrorClass[],
  deadlineMs: number | null,
): Attempt {
  if (attempt.kind === 'refuse') return attempt;
  const within = attempt.within.map(({ from, ms }) => ({ from: from + by, ms }));
  if (deadlineMs !== null) within.push({ from: 0, ms: deadlineMs });
  return Object.freeze({
    ...attempt,
    within: Object.freeze(within),
    moves: shiftMoves(attempt.moves, by, nextTry, on),
  });
}

function shiftMoves(moves: Moves, by: number, nextTry: number | null, on: readonly ErrorClass[]): Moves {
  const shifted: Partial<Record<ErrorClass, number>> = {};
  if (nextTry !== null) for (const error of on) shifted[error] = nextTry;
  for (const [error, to] of Object.entries(moves) as [ErrorClass, number][]) shifted[error] = to + by;
  return Object.freeze(shifted);
}
