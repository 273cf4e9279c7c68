import { type Changes, mergeChanges } from '../nodes/index.ts';
import type { Attempt, Fixed, Step } from './plan.ts';

/** The answer of a part of a plan with changes around it. */
export function changeAnswer(changes: Changes, step: Step | null, { path, attempts }: Fixed): Fixed {
  return {
    path: step === null ? path : [step, ...path],
    attempts: attempts.map(
      (attempt): Attempt =>
        attempt.kind === 'refuse'
          ? attempt
          : Object.freeze({ ...attempt, changes: mergeChanges(changes, attempt.changes) }),
    ),
  };
}
