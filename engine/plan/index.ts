/** Plans: a policy compiled, what it decides for a request, and what follows when an attempt fails. */
export { type Compiled, compilePolicy } from './compile-policy.ts';
export { type Choose, decide, portIndex, walk } from './decide.ts';
export { type AttemptOutcome, type Next, nextAttempt } from './next-attempt.ts';
export { parsePath, pathText, targetsOf } from './path-text.ts';
export type { Attempt, Decision, Moves, Plan, PlanNode, Refusal, Step } from './plan.ts';
