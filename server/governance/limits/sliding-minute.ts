const stepMs = 1_000;
/** A minute and the second that has begun. */
const steps = 61;

/** Amounts of the last minute by second. A second's amount may be corrected as long as it counts. */
export class SlidingMinute {
  readonly #amounts = new Float64Array(steps);
  /** The latest second that was seen, in whole seconds since 1970. */
  #latest = Number.NEGATIVE_INFINITY;
  #total = 0;

  /** What counts at a moment. */
  total(now: number): number {
    this.#move(now);
    return this.#total;
  }

  /** Adds to the second of `at`; less than nothing takes back. What lies more than a minute back is left alone. */
  add(amount: number, at: number, now: number): void {
    this.#move(now);
    const second = Math.min(Math.floor(at / stepMs), this.#latest);
    if (second <= this.#latest - steps) return;
    this.#amounts[second % steps] = (this.#amounts[second % steps] ?? 0) + amount;
    this.#total += amount;
  }

  /** After how many ms nothing counts any more; 0 where nothing does. */
  emptyAfter(now: number): number {
    this.#move(now);
    if (this.#total <= 0) return 0;
    let second = this.#latest;
    while (second > this.#latest - steps && (this.#amounts[second % steps] ?? 0) === 0) second -= 1;
    return (second + steps) * stepMs - now;
  }

  /** After how many ms no more than `most` is left of what counts now. */
  freeAfter(most: number, now: number): number {
    this.#move(now);
    let left = this.#total;
    if (left <= most) return 0;
    for (let second = this.#latest - steps + 1; second <= this.#latest; second += 1) {
      left -= this.#amounts[((second % steps) + steps) % steps] ?? 0;
      if (left <= most) return (second + steps) * stepMs - now;
    }
    return steps * stepMs;
  }

  #move(now: number): void {
    const second = Math.floor(now / stepMs);
    if (second <= this.#latest) return;
    const passed = second - this.#latest;
    if (passed >= steps) {
      this.#amounts.fill(0);
      this.#total = 0;
    } else {
      for (let one = this.#latest + 1; one <= second; one += 1) {
        this.#total -= this.#amounts[one % steps] ?? 0;
        this.#amounts[one % steps] = 0;
      }
    }
    this.#latest = second;
  }
}
