/** So many second tries a minute are always allowed, so that a quiet route still falls back. */
export const freeRetries = 3;

const slices = 12;
const sliceMs = 5_000;

interface Counts {
  readonly requests: number[];
  readonly retries: number[];
  /** The slice of time that was counted last. */
  slice: number;
}

/**
 * Which share of the requests of the last minute went on to a second try, by fallback: in an outage, tries beyond it
 * would only add to the load. Counted in slices of five seconds.
 */
export class RetryBudgets {
  readonly #nodes = new Map<string, Counts>();

  /** A request comes through the fallback. */
  begin(node: string, now: number): void {
    const counts = this.#at(node, now);
    const slice = counts.slice % slices;
    counts.requests[slice] = (counts.requests[slice] ?? 0) + 1;
  }

  /** Whether a second try is within the budget; counts it when it is. */
  allow(node: string, share: number, now: number): boolean {
    const counts = this.#at(node, now);
    if (sum(counts.retries) >= share * sum(counts.requests) + freeRetries) return false;
    const slice = counts.slice % slices;
    counts.retries[slice] = (counts.retries[slice] ?? 0) + 1;
    return true;
  }

  #at(node: string, now: number): Counts {
    const slice = Math.floor(now / sliceMs);
    const counts = this.#nodes.get(node) ?? { requests: zeros(), retries: zeros(), slice };
    this.#nodes.set(node, counts);
    for (let next = Math.max(counts.slice + 1, slice - slices + 1); next <= slice; next += 1) {
      counts.requests[next % slices] = 0;
      counts.retries[next % slices] = 0;
    }
    counts.slice = Math.max(counts.slice, slice);
    return counts;
  }
}

function zeros(): number[] {
  return new Array<number>(slices).fill(0);
}

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}
