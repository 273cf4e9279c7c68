import type { TrafficEvent } from '../contract/index.ts';
import type { LimitCount, SharedLimit } from './limit-counters.ts';

/** What one gateway tells the others. */
export interface FleetNews {
  /** Sums of limits that have grown. */
  readonly limits: readonly SharedLimit[];
  /** Targets whose breaker has opened. */
  readonly opened: readonly string[];
  /** Requests that have ended. */
  readonly requests: readonly TrafficEvent[];
}

/** The line between gateways. What is told while it is broken is heard by nobody; sums of limits are kept. */
export interface FleetBus {
  tell(news: Partial<Pick<FleetNews, 'opened' | 'requests'>>): Promise<void>;
  /** Adds what was counted and tells everybody. Answers the sums. */
  count(counts: readonly LimitCount[], now: number): Promise<readonly SharedLimit[]>;
  /** All sums of windows that are not over. */
  limits(now: number): Promise<readonly SharedLimit[]>;
  /** `onBack`: what was told meanwhile has been missed. May come more than once, and before anything can be asked for. */
  listen(onNews: (news: FleetNews) => void, onBack: () => void): void;
  close(): void;
}
