import type { Budget } from './budget.ts';
import { slicesOf, type WindowSlices } from './budget-window.ts';

/** The slices of a budget's window, worked out anew only when the window moves: a calendar costs 20 µs to ask. */
export class WindowClock {
  readonly #budget: Pick<Budget, 'window' | 'kind' | 'zone'>;
  #slices: WindowSlices | null = null;
  /** The known slices hold from here, inclusive, to there, exclusive. */
  #from = 0;
  #until = 0;

  constructor(budget: Pick<Budget, 'window' | 'kind' | 'zone'>) {
    this.#budget = budget;
  }

  /** @param at ms since 1970. */
  at(at: number): WindowSlices {
    if (this.#slices !== null && at >= this.#from && at < this.#until) return this.#slices;
    const slices = slicesOf(this.#budget, at);
    this.#slices = slices;
    if (slices.from === null)
      [this.#from, this.#until] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    else if (slices.until !== null) [this.#from, this.#until] = [slices.from, slices.until];
    else [this.#from, this.#until] = [Number(slices.slice), Number(slices.slice) + (slices.sliceMs ?? 0)];
    return slices;
  }
}
