import type { ProviderDirectory } from '../providers/provider.ts';
import { HealthTracker } from './health-tracker.ts';
import { LimitCounters } from './limit-counters.ts';
import { RetryBudgets } from './retry-budgets.ts';
import { SessionMemory } from './session-memory.ts';

export type { BreakerState } from './breaker.ts';
export type { CallReport, TargetHealth } from './health-tracker.ts';
export type { PassedLimit } from './limit-counters.ts';

/** What a gateway knows beyond a request and its caller. */
export interface Live {
  readonly health: HealthTracker;
  readonly sessions: SessionMemory;
  readonly limits: LimitCounters;
  readonly retries: RetryBudgets;
}

/** The live state of a process that has seen nothing yet. */
export function makeLive(clock: () => number, providers: ProviderDirectory): Live {
  const reachable = () => (providers.sandboxStandsIn ? ['*'] : providers.list().map(({ id }) => id));
  return {
    health: new HealthTracker(clock, reachable),
    sessions: new SessionMemory(),
    limits: new LimitCounters(),
    retries: new RetryBudgets(),
  };
}
