/** How a breaker of one target behaves. Times in ms. */
export interface BreakerSettings {
  /** So many failures in a row open it. */
  readonly failuresInARow: number;
  /** So many failures within `windowMs` open it when they are at least `share` of the calls. */
  readonly failuresInWindow: number;
  readonly share: number;
  readonly windowMs: number;
  /** How long it stays open the first time; doubles with every probe that fails. */
  readonly openMs: number;
  readonly openMsAtMost: number;
}

export const breakerSettings: BreakerSettings = Object.freeze({
  failuresInARow: 5,
  failuresInWindow: 10,
  share: 0.5,
  windowMs: 30_000,
  openMs: 5_000,
  openMsAtMost: 60_000,
});

export type BreakerState = 'closed' | 'open' | 'half_open';

/** Whether a call may be made: `no` while open, `probe` for the one call that finds out whether it is over. */
export type Permit = 'yes' | 'probe' | 'no';

/**
 * A circuit breaker (Nygard, “Release It!”, 2007) of one target: after enough failures calls are not tried for a while,
 * then one probe at a time decides. Time comes in, so that the simulator can run it on a virtual clock.
 */
export class Breaker {
  readonly #settings: BreakerSettings;
  #inARow = 0;
  /** Of the present window. */
  #calls = 0;
  #failures = 0;
  #windowStart = Number.NEGATIVE_INFINITY;
  #openUntil: number | null = null;
  #openMs: number;
  /** It is open because somebody else said so. */
  #hinted = false;
  /** Somebody else was wrong; until then nobody is listened to. */
  #deafUntil = Number.NEGATIVE_INFINITY;
  /** When the probe that is under way began; another may follow when it never reports. */
  #probeSince: number | null = null;

  constructor(settings: BreakerSettings = breakerSettings) {
    this.#settings = settings;
    this.#openMs = settings.openMs;
  }

  /** Asks for leave to call. After `probe` the outcome has to be reported, or a minute has to pass. */
  ask(now: number): Permit {
    if (this.#openUntil === null) return 'yes';
    if (now < this.#openUntil) return 'no';
    if (this.#probeSince !== null && now - this.#probeSince < this.#settings.openMsAtMost) return 'no';
    this.#probeSince = now;
    return 'probe';
  }

  /** Like {@link ask}, without taking the probe. */
  state(now: number): BreakerState {
    if (this.#openUntil === null) return 'closed';
    return now < this.#openUntil ? 'open' : 'half_open';
  }

  /** ms until a probe may be tried; 0 when one may, or when it is closed. */
  waitMs(now: number): number {
    return this.#openUntil === null ? 0 : Math.max(0, this.#openUntil - now);
  }

  succeeded(now: number): void {
    this.#roll(now);
    this.#calls += 1;
    this.#inARow = 0;
    if (this.#openUntil === null) return;
    if (this.#hinted) this.#deafUntil = now + this.#settings.openMsAtMost;
    this.#close();
  }

  /**
   * Another gateway's breaker of this target has opened: this one does too, the shortest time, and then finds out for itself.
   * Where its own call succeeds then, it listens to nobody for a while: a gateway with a bad line shuts nobody else out.
   */
  hint(now: number): void {
    if (this.#openUntil !== null || now < this.#deafUntil) return;
    this.#openUntil = now + this.#settings.openMs;
    this.#hinted = true;
  }

  /**
   * `retryAfterMs`: how long the target asked to be left alone (RFC 9110, section 10.2.3): so long the breaker is open at
   * least. `atOnce`: it opens now for being asked, not only after enough failures.
   */
  failed(now: number, retryAfterMs = 0, atOnce = retryAfterMs > 0): void {
    this.#roll(now);
    this.#calls += 1;
    this.#failures += 1;
    this.#inARow += 1;
    if (this.#openUntil !== null) {
      if (this.#probeSince === null) return;
      this.#openMs = Math.min(this.#openMs * 2, this.#settings.openMsAtMost);
      this.#open(now, retryAfterMs);
    } else if (atOnce || this.#isTooMuch()) this.#open(now, retryAfterMs);
  }

  /** A probe that ended without telling anything (the client left): another may follow at once. */
  undecided(): void {
    this.#probeSince = null;
  }

  #isTooMuch(): boolean {
    const { failuresInARow, failuresInWindow, share } = this.#settings;
    if (this.#inARow >= failuresInARow) return true;
    return this.#failures >= failuresInWindow && this.#failures >= share * this.#calls;
  }

  #roll(now: number): void {
    if (now - this.#windowStart < this.#settings.windowMs) return;
    this.#windowStart = now;
    this.#calls = 0;
    this.#failures = 0;
  }

  #open(now: number, retryAfterMs: number): void {
    this.#openUntil = now + Math.min(Math.max(this.#openMs, retryAfterMs), this.#settings.openMsAtMost);
    this.#probeSince = null;
  }

  #close(): void {
    this.#openUntil = null;
    this.#hinted = false;
    this.#probeSince = null;
    this.#openMs = this.#settings.openMs;
    this.#calls = 0;
    this.#failures = 0;
  }
}
