import { HealthTracker, RetryBudgets, SessionMemory } from '#engine/plan/index.ts';
import type { ProviderDirectory } from '../providers/provider.ts';
import { LimitCounters } from './limit-counters.ts';

export type { BreakerState, CallReport, TargetHealth } from '#engine/plan/index.ts';
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
