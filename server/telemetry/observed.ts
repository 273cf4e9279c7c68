import type { RecordOutcome, Signals } from '#engine/signals/index.ts';
import type { MadeAttempt } from '../gateway/made-attempt.ts';

/** A finished request, for metrics and traces. No text is in it. */
export interface Observed {
  /** ms since 1970. */
  readonly at: number;
  readonly signals: Signals;
  readonly outcome: RecordOutcome;
  readonly attempts: readonly MadeAttempt[];
  /** W3C `traceparent` of the client; empty when it sent none. */
  readonly traceparent: string;
}

/** What watches finished requests. Never throws and never waits. */
export interface Observer {
  observe(observed: Observed): void;
}
