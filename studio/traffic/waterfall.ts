import type { LoggedAttempt } from '../client/record-row.ts';

/** One call as a bar: everything in ms from the request's arrival. */
export interface CallBar {
  readonly attempt: LoggedAttempt;
  /** The provider, the target's first part. */
  readonly provider: string;
  readonly startMs: number;
  /** `null`: an answer in one piece, or none. */
  readonly firstTokenMs: number | null;
  readonly endMs: number;
  /** The call was never made: nobody serves it, its breaker was open, or the rules forbade it. */
  readonly isMade: boolean;
}

export interface WaterfallLayout {
  readonly bars: readonly CallBar[];
  /** Until the first call: reading, measuring, deciding. `null` where that was not recorded. */
  readonly beforeMs: number | null;
  readonly totalMs: number;
  /** The record does not say when calls began: they are laid end to end, ending with the request. */
  readonly isGuessed: boolean;
}

/** When each of a request's calls ran. `null` where none was made or no time is known. */
export function layOutAttempts(
  attempts: readonly LoggedAttempt[],
  totalMs: number | null,
): WaterfallLayout | null {
  if (attempts.length === 0) return null;
  const isGuessed = attempts.some(({ start_ms }) => start_ms === undefined);
  const bars = isGuessed ? endToEnd(attempts, totalMs) : asRecorded(attempts);
  const made = bars.filter(({ isMade }) => isMade);
  const end = Math.max(totalMs ?? 0, ...bars.map(({ endMs }) => endMs));
  if (end === 0) return null;
  const [first] = made;
  return {
    bars,
    beforeMs: isGuessed || first === undefined ? null : Math.min(...made.map(({ startMs }) => startMs)),
    totalMs: end,
    isGuessed,
  };
}

function asRecorded(attempts: readonly LoggedAttempt[]): readonly CallBar[] {
  let before = 0;
  return attempts.map((attempt) => {
    const isMade = attempt.start_ms !== null;
    const startMs = attempt.start_ms ?? before;
    const bar = barOf(attempt, startMs, isMade);
    before = bar.endMs;
    return bar;
  });
}

/** The last call ended with the request, those before it one after the other. */
function endToEnd(attempts: readonly LoggedAttempt[], totalMs: number | null): readonly CallBar[] {
  const sum = attempts.reduce((total, { latency_ms }) => total + (latency_ms ?? 0), 0);
  let at = Math.max(0, (totalMs ?? sum) - sum);
  return attempts.map((attempt) => {
    const bar = barOf(attempt, at, (attempt.latency_ms ?? 0) > 0);
    at = bar.endMs;
    return bar;
  });
}

function barOf(attempt: LoggedAttempt, startMs: number, isMade: boolean): CallBar {
  const first = attempt.first_token_ms ?? null;
  return {
    attempt,
    provider: attempt.target.split('/')[0] ?? '',
    startMs,
    firstTokenMs: first === null ? null : startMs + first,
    endMs: startMs + (attempt.latency_ms ?? 0),
    isMade,
  };
}
