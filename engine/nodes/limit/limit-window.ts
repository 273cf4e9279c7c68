export const limitWindows = ['minute', 'hour', 'day', 'month'] as const;
/** Fixed and aligned to UTC: a minute begins at :00, a month on the first. */
export type WindowLength = (typeof limitWindows)[number];

const lengths: Readonly<Record<Exclude<WindowLength, 'month'>, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/** When the window around a moment began, ms since 1970. */
export function windowStart(length: WindowLength, at: number): number {
  if (length !== 'month') return Math.floor(at / lengths[length]) * lengths[length];
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
}

/** When the window around a moment ends, ms since 1970; the end belongs to the next. */
export function windowEnd(length: WindowLength, at: number): number {
  if (length !== 'month') return windowStart(length, at) + lengths[length];
  const day = new Date(at);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
}

/**
 * What is used of a limit in its present window, by key (a team, a user, or '' for all together). Time comes in as an
 * argument, so gateway and simulator keep the same state; only the present window is held. What belongs to a window that
 * is over changes nothing any more.
 */
export class LimitWindow {
  readonly #length: WindowLength;
  readonly #used = new Map<string, number>();
  #start = Number.NEGATIVE_INFINITY;

  constructor(length: WindowLength) {
    this.#length = length;
  }

  /** What `key` has used in the window around `at`. */
  used(key: string, at: number): number {
    this.#moveTo(at);
    return at < this.#start ? 0 : (this.#used.get(key) ?? 0);
  }

  /** Counts `amount` in the window around `at`. */
  take(key: string, amount: number, at: number): void {
    this.#moveTo(at);
    if (at < this.#start) return;
    this.#used.set(key, (this.#used.get(key) ?? 0) + amount);
  }

  /** Learns that `key` has used at least so much in the window around `at`: what others have counted too. */
  raise(key: string, used: number, at: number): void {
    this.#moveTo(at);
    if (at >= this.#start && used > (this.#used.get(key) ?? 0)) this.#used.set(key, used);
  }

  #moveTo(at: number): void {
    const start = windowStart(this.#length, at);
    if (start <= this.#start) return;
    this.#start = start;
    this.#used.clear();
  }
}
