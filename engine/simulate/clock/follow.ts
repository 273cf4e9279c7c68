import type { ErrorClass } from '../../nodes/index.ts';
import {
  type AttemptOutcome,
  type Decision,
  type HealthTracker,
  nextAttempt,
  type RetryBudgets,
} from '../../plan/index.ts';
import type { Met } from './weather.ts';

/** How a request ended in the replayed world. */
export interface Followed {
  readonly end: 'served' | 'refused' | 'failed';
  /** Index of the attempt that served; −1 where none did. */
  readonly attempt: number;
  /** Attempts that failed, those that an open breaker kept from being called included. */
  readonly fallen: number;
  /** Latency that failed and slow attempts added, ms. */
  readonly addedMs: number;
  /** Targets that failed a call. */
  readonly failed: readonly string[];
}

export interface Sky {
  readonly meet: (target: string) => Met;
  /** How long the request took in the log, ms; 0 where unknown. */
  readonly latencyMs: number;
  readonly health: HealthTracker;
  readonly retries: RetryBudgets;
  readonly now: number;
}

type Call = Extract<Decision['attempts'][number], { kind: 'call' }>;

/** How long an attempt takes that fails this way, ms; a timeout takes its deadline. */
const failsAfter: Readonly<Partial<Record<ErrorClass, number>>> = {
  server_error: 500,
  network: 1_000,
  rate_limit: 200,
};
/** What a gateway waits where no deadline is set, ms. */
const patience = 60_000;

/** Tries the attempts of a decision in the weather it meets, by the rules of a live gateway. */
export function follow({ path, attempts }: Decision, sky: Sky): Followed {
  const { retries, now } = sky;
  const outcomes: AttemptOutcome[] = [];
  const startedAt: number[] = [];
  const failed: string[] = [];
  let addedMs = 0;
  const ended = (end: Followed['end'], attempt = -1): Followed => ({
    end,
    attempt,
    fallen: outcomes.filter(({ kind }) => kind === 'failed').length,
    addedMs,
    failed,
  });
  for (const node of fallbacksOf(attempts)) retries.begin(node, now);
  for (;;) {
    const next = nextAttempt({ path, attempts }, outcomes);
    if (next.kind === 'refuse') return ended('refused');
    if (next.kind !== 'call') return ended('failed');
    startedAt[next.index] = addedMs;
    const tried = tryCall(next.attempt, startedAt, addedMs, sky);
    addedMs += tried.ms;
    if (tried.error === null) return ended('served', next.index);
    if (tried.wasCalled) failed.push(next.attempt.target);
    outcomes.push({ kind: 'failed', error: tried.error });
    const after = nextAttempt({ path, attempts }, outcomes);
    const isRetry = after.kind === 'call' && tried.error !== 'unavailable';
    if (isRetry && !after.attempt.retryBudgets.every(({ node, share }) => retries.allow(node, share, now)))
      return ended('failed');
  }
}

interface TriedCall {
  readonly error: ErrorClass | null;
  readonly ms: number;
  readonly wasCalled: boolean;
}

function tryCall(call: Call, startedAt: readonly number[], elapsed: number, sky: Sky): TriedCall {
  const { target, deadlines, within } = call;
  const left = Math.min(
    deadlines.totalMs ?? Number.POSITIVE_INFINITY,
    ...within.map(({ from, ms }) => (startedAt[from] ?? elapsed) + ms - elapsed),
  );
  if (left <= 0) return { error: 'timeout', ms: 0, wasCalled: false };
  if (sky.health.ask(target).permit === 'no') return { error: 'unavailable', ms: 0, wasCalled: false };
  const met = sky.meet(target);
  const slower = (met.slowness - 1) * sky.latencyMs;
  const tooSlow = met.slowness > 1 && sky.latencyMs + slower > left;
  const error = met.error ?? (tooSlow ? 'timeout' : null);
  sky.health.report(target, {
    outcome: error ?? 'served',
    firstTokenMs: null,
    outputTokens: 0,
    writingMs: 0,
  });
  if (error === null) return { error, ms: slower, wasCalled: true };
  const waits = error === 'timeout' ? (tooSlow ? left : (deadlines.firstTokenMs ?? patience)) : 0;
  return { error, ms: Math.min(left, failsAfter[error] ?? waits), wasCalled: true };
}

function fallbacksOf(attempts: Decision['attempts']): ReadonlySet<string> {
  return new Set(
    attempts.flatMap((attempt) =>
      attempt.kind === 'call' ? attempt.retryBudgets.map(({ node }) => node) : [],
    ),
  );
}
