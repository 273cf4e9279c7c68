/** Plans: a policy compiled, what it decides for a request, and what follows when an attempt fails. */
export { compileRules, type Label, noLabel } from './apply-rules.ts';
export { entryOf } from './compile-chooser.ts';
export { type Compiled, compilePolicy, type World } from './compile-policy.ts';
export { candidatesOf } from './compile-pool.ts';
export { type Choose, decide, portIndex, walk } from './decide.ts';
export {
  Breaker,
  type BreakerSettings,
  type BreakerState,
  breakerSettings,
  type Permit,
} from './live/breaker.ts';
export { type CallReport, HealthTracker, type TargetHealth } from './live/health-tracker.ts';
export { freeRetries, RetryBudgets } from './live/retry-budgets.ts';
export { SessionMemory } from './live/session-memory.ts';
export { type AttemptOutcome, type Next, nextAttempt } from './next-attempt.ts';
export { parsePath, pathText, targetsOf } from './path-text.ts';
export { plainCall } from './plain-call.ts';
export type {
  Attempt,
  ChoosingNode,
  Decision,
  Moves,
  Plan,
  PlanClassifier,
  PlanLimit,
  PlanNode,
  Refusal,
  RetryBudget,
  Step,
} from './plan.ts';
export { type ModelFacts, type ProviderFacts, resolvePools } from './resolve-pools.ts';
