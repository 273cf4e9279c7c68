import { foreignTokens } from './estimate/priors.ts';

/** What the rows of each group of sessions add to the cost after a change, in nano-dollars. */
export interface GroupTotals {
  /** After less before. */
  readonly delta: Float64Array;
  /** Cost after of the rows whose tokens were counted by another vendor. */
  readonly foreign: Float64Array;
  /** How much less, and how much more, rows of undetermined decisions might cost. */
  readonly less: Float64Array;
  readonly more: Float64Array;
}

const replicates = 1_000;

/**
 * Bounds of the cost after a change (95 %), given the cost before. The change is resampled: groups of sessions are drawn
 * with replacement, as often as there are groups, a thousand times (Efron's bootstrap, by cluster). The low end takes
 * every modelled cost at its lowest and reads the 2.5th percentile, the high end the opposite: doubt about the model is
 * shared by all rows and does not average out, so it is added to the doubt about the sample, not mixed into it.
 *
 * Groups stand in for sessions: a hash that knows nothing of costs puts each whole session into one of at most 1,024
 * groups, so group totals are independent of each other and their spread estimates that of the sum over sessions,
 * itself within about 4 % (√(2/1,024)). It is slightly too wide rather than too narrow, since it also counts how many
 * sessions there happen to be.
 */
export function boundsOfChange(
  totals: GroupTotals,
  costBefore: number,
  seed: number,
): { readonly low: number; readonly high: number } {
  const low = totals.delta.map(
    (delta, group) => delta + foreignTokens.low * at(totals.foreign, group) - at(totals.less, group),
  );
  const high = totals.delta.map(
    (delta, group) => delta + foreignTokens.high * at(totals.foreign, group) + at(totals.more, group),
  );
  if (!low.some(isNotZero) && !high.some(isNotZero)) return { low: costBefore, high: costBefore };
  const lows = new Float64Array(replicates);
  const highs = new Float64Array(replicates);
  drawReplicates(low, high, seed, lows, highs);
  return {
    low: Math.max(0, Math.round(costBefore + at(lows.sort(), 0.025 * replicates))),
    high: Math.round(costBefore + at(highs.sort(), 0.975 * replicates - 1)),
  };
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? 0;
}

function isNotZero(value: number): boolean {
  return value !== 0;
}

/**
 * Fills in the sums of the replicates. Numbers come from the generator mulberry32 (Tommy Ettinger, public domain); each
 * of its 32 bits makes two draws of 16, which is even enough for at most 1,024 groups.
 */
function drawReplicates(
  low: Float64Array,
  high: Float64Array,
  seed: number,
  lows: Float64Array,
  highs: Float64Array,
): void {
  const groups = low.length;
  let state = seed | 0;
  for (let replicate = 0; replicate < lows.length; replicate += 1) {
    let lowSum = 0;
    let highSum = 0;
    for (let drawn = 0; drawn < groups; drawn += 2) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      mixed ^= mixed >>> 14;
      const one = ((mixed & 0xffff) * groups) >> 16;
      lowSum += low[one] as number;
      highSum += high[one] as number;
      if (drawn + 1 === groups) break;
      const other = ((mixed >>> 16) * groups) >> 16;
      lowSum += low[other] as number;
      highSum += high[other] as number;
    }
    lows[replicate] = lowSum;
    highs[replicate] = highSum;
  }
}
