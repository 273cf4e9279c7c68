import type { ErrorClass } from '../../nodes/index.ts';
import type { HealthSnapshot } from '../../signals/index.ts';
import { Breaker, type BreakerSettings, type BreakerState, breakerSettings, type Permit } from './breaker.ts';

/** What a call tells about its target. */
export interface CallReport {
  readonly outcome: 'served' | 'abandoned' | ErrorClass;
  /** From the start of the call, ms; `null` where no content came or it came in one piece. */
  readonly firstTokenMs: number | null;
  /** Output tokens, reasoning included, and how long they took after the first, ms; 0 where nobody knows. */
  readonly outputTokens: number;
  readonly writingMs: number;
  /** How long the target asked to be left alone, ms; 0 when it did not. */
  readonly retryAfterMs?: number;
}

/** How one target does, for people. */
export interface TargetHealth {
  readonly target: string;
  readonly state: BreakerState;
  /** ms until the next probe; 0 unless open. */
  readonly waitMs: number;
  /** Share of calls that failed lately, 0–1. */
  readonly errorRate: number;
  readonly firstTokenMs: number | null;
  readonly tokensPerSecond: number | null;
  /** ms since 1970. */
  readonly lastCallAt: number;
  /** The class of the last failure; `null` when there was none. */
  readonly lastError: ErrorClass | null;
}

/** Failures that are the target's own. What a request did wrong, or what a filter took offence at, says nothing about it. */
const itsFault: ReadonlySet<string> = new Set<ErrorClass>([
  'rate_limit',
  'timeout',
  'server_error',
  'network',
  'auth',
]);

/** The latest call weighs so much in the averages of speed. */
const weight = 0.2;
/** Half of what is known of failures is forgotten in this time, ms. */
const halfLife = 60_000;
/** A target that nobody has called for so long is no longer in the snapshot, ms. */
const forgetAfter = 30 * 60_000;
/** A snapshot is at most so old, ms; a breaker that opens or closes makes a new one at once. */
const snapshotAge = 250;

interface Tracked {
  readonly breaker: Breaker;
  /** Decaying counts. */
  calls: number;
  failures: number;
  firstTokenMs: number | null;
  tokensPerSecond: number | null;
  lastCallAt: number;
  lastError: ErrorClass | null;
}

/**
 * Health of all targets as this process sees it: exponentially weighted averages of speed, decaying error rates, and a
 * breaker each. Snapshots are shared by all requests of a moment, for each is a part of every record.
 */
export class HealthTracker {
  readonly #clock: () => number;
  readonly #providers: () => readonly string[];
  readonly #settings: BreakerSettings;
  readonly #targets = new Map<string, Tracked>();
  #snapshot: HealthSnapshot | null = null;
  #madeAt = 0;
  /** Told of a target whose breaker opens by what was seen here. */
  onOpen: (target: string) => void = () => undefined;

  /** `providers` are those that can be called, as the snapshot lists them. */
  constructor(clock: () => number, providers: () => readonly string[], settings = breakerSettings) {
    this.#clock = clock;
    this.#providers = providers;
    this.#settings = settings;
  }

  /** Whether a target may be called now. `no` answers how long to wait. */
  ask(target: string): { readonly permit: Permit; readonly waitMs: number } {
    const tracked = this.#targets.get(target);
    if (tracked === undefined) return { permit: 'yes', waitMs: 0 };
    const now = this.#clock();
    return { permit: tracked.breaker.ask(now), waitMs: tracked.breaker.waitMs(now) };
  }

  /** Notes how a call went. */
  report(target: string, report: CallReport): void {
    const now = this.#clock();
    const tracked = this.#track(target);
    const before = tracked.breaker.state(now);
    const { outcome } = report;
    if (outcome === 'served') tracked.breaker.succeeded(now);
    else if (itsFault.has(outcome)) {
      const { retryAfterMs = 0 } = report;
      // Who has too many requests has them from everybody; one 503 may be one request's bad luck.
      tracked.breaker.failed(now, retryAfterMs, outcome === 'rate_limit' && retryAfterMs > 0);
      tracked.lastError = outcome as ErrorClass;
    } else tracked.breaker.undecided();
    this.#average(tracked, report, now);
    const after = tracked.breaker.state(now);
    if (after === before) return;
    this.#snapshot = null;
    if (after === 'open') this.onOpen(target);
  }

  /** Another gateway's breaker of this target has opened. */
  hint(target: string): void {
    this.#track(target).breaker.hint(this.#clock());
    this.#snapshot = null;
  }

  /** How all targets do, as of at most {@link snapshotAge} ms ago. */
  snapshot(): HealthSnapshot {
    const now = this.#clock();
    if (this.#snapshot !== null && now - this.#madeAt < snapshotAge) return this.#snapshot;
    const made = this.#make(now);
    this.#madeAt = now;
    // The same facts stay the same object: a record's text of it is made once.
    if (this.#snapshot === null || JSON.stringify(made) !== JSON.stringify(this.#snapshot))
      this.#snapshot = made;
    return this.#snapshot;
  }

  /** Every target that was called, worst first. */
  list(): readonly TargetHealth[] {
    const now = this.#clock();
    return [...this.#targets]
      .map(([target, one]) => ({
        target,
        state: one.breaker.state(now),
        waitMs: one.breaker.waitMs(now),
        errorRate: rate(one, now),
        firstTokenMs: one.firstTokenMs,
        tokensPerSecond: one.tokensPerSecond,
        lastCallAt: one.lastCallAt,
        lastError: one.lastError,
      }))
      .sort((a, b) => b.errorRate - a.errorRate || (a.target < b.target ? -1 : 1));
  }

  #track(target: string): Tracked {
    const known = this.#targets.get(target);
    if (known !== undefined) return known;
    const made: Tracked = {
      breaker: new Breaker(this.#settings),
      calls: 0,
      failures: 0,
      firstTokenMs: null,
      tokensPerSecond: null,
      lastCallAt: this.#clock(),
      lastError: null,
    };
    this.#targets.set(target, made);
    return made;
  }

  #average(tracked: Tracked, report: CallReport, now: number): void {
    const { outcome, firstTokenMs, outputTokens, writingMs } = report;
    if (outcome === 'served' || itsFault.has(outcome)) {
      const kept = decay(now - tracked.lastCallAt);
      tracked.calls = tracked.calls * kept + 1;
      tracked.failures = tracked.failures * kept + (outcome === 'served' ? 0 : 1);
      tracked.lastCallAt = now;
    }
    if (outcome !== 'served') return;
    if (firstTokenMs !== null) tracked.firstTokenMs = blend(tracked.firstTokenMs, firstTokenMs);
    // Short answers come in one piece and say nothing about speed.
    if (outputTokens >= 20 && writingMs >= 50)
      tracked.tokensPerSecond = blend(tracked.tokensPerSecond, (outputTokens * 1000) / writingMs);
  }

  #make(now: number): HealthSnapshot {
    const open: string[] = [];
    const errorRate: Record<string, number> = {};
    const firstTokenMs: Record<string, number> = {};
    const tokensPerSecond: Record<string, number> = {};
    for (const [target, one] of this.#targets) {
      if (one.breaker.state(now) === 'open') open.push(target);
      if (now - one.lastCallAt > forgetAfter) continue;
      errorRate[target] = rounded(rate(one, now));
      if (one.firstTokenMs !== null) firstTokenMs[target] = rounded(one.firstTokenMs);
      if (one.tokensPerSecond !== null) tokensPerSecond[target] = rounded(one.tokensPerSecond);
    }
    return Object.freeze({ providers: this.#providers(), open, errorRate, firstTokenMs, tokensPerSecond });
  }
}

/** One imagined success keeps a single failure from reading as 100 %. */
function rate({ calls, failures, lastCallAt }: Tracked, now: number): number {
  const kept = decay(now - lastCallAt);
  return (failures * kept) / (calls * kept + 1);
}

function decay(ms: number): number {
  return 0.5 ** (Math.max(0, ms) / halfLife);
}

function blend(before: number | null, value: number): number {
  return before === null ? value : before + weight * (value - before);
}

/** Three digits: more would make every snapshot another one. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
