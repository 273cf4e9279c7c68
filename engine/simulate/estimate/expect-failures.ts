import type { Bins } from '../bins.ts';
import type { SimulationResult } from '../result.ts';
import type { Estimates } from './estimates.ts';
import { failureWeight } from './priors.ts';

interface Rate {
  readonly share: number;
  /** Variance of the share itself. */
  readonly variance: number;
}

/**
 * Requests expected to fail for good, and to be answered by another target than their first. A row that keeps its first
 * target did what the log says; of rows that move, each target fails as often as it did here, one independently of the
 * other, drawn towards the failures of all where it was seldom called. Bounds (95 %) hold chance and the doubt about rates.
 */
export function expectFailures(
  { bins }: Bins,
  rows: Float64Array,
  estimates: Estimates,
): Pick<SimulationResult, 'errors' | 'fallbacks'> {
  const rateOf = failureRates(estimates);
  const before = { failed: 0, fallback: 0 };
  const after = { failed: 0, fallback: 0 };
  let chance = 0;
  /** Rows that hang on the rate of one target move together. */
  const doubts = new Map<string, { weight: number; variance: number }>();
  for (const [index, bin] of bins.entries()) {
    const count = rows[index] ?? 0;
    if (count === 0) continue;
    for (const [side, sums] of [
      ['before', before],
      ['after', after],
    ] as const) {
      const { target, targets } = bin[side];
      if (target === '') continue;
      if (target === bin.logged.target) {
        sums.failed += bin.logged.failed ? count : 0;
        sums.fallback += bin.logged.served && !bin.logged.direct ? count : 0;
        continue;
      }
      const shares = targets.map((one) => rateOf(one).share);
      const all = shares.reduce((product, share) => product * share, 1);
      const first = shares[0] ?? 0;
      sums.failed += count * all;
      sums.fallback += count * (first - all);
      if (side === 'before') continue;
      chance += count * all * (1 - all);
      for (const [at, one] of targets.entries()) {
        const others = shares.reduce(
          (product, share, index) => (index === at ? product : product * share),
          1,
        );
        const seen = doubts.get(one) ?? { weight: 0, variance: rateOf(one).variance };
        seen.weight += count * others;
        doubts.set(one, seen);
      }
    }
  }
  const variance = [...doubts.values()].reduce((sum, one) => sum + one.weight ** 2 * one.variance, chance);
  const width = 1.96 * Math.sqrt(variance);
  return {
    errors: {
      before: before.failed,
      after: after.failed,
      low: Math.max(0, after.failed - width),
      high: after.failed + width,
    },
    fallbacks: { before: before.fallback, after: after.fallback },
  };
}

/** Beta posteriors: the failures of all targets stand in for calls that were not made. */
export function failureRates({ failures }: Estimates): (target: string) => Rate {
  const calls = failures.reduce((sum, one) => sum + one.calls, 0);
  const failed = failures.reduce((sum, one) => sum + one.failed, 0);
  const overall = calls === 0 ? 0 : failed / calls;
  const known = new Map(failures.map((one) => [one.target, one]));
  return (target) => {
    const seen = known.get(target) ?? { calls: 0, failed: 0 };
    const weight = seen.calls + failureWeight;
    const share = (seen.failed + failureWeight * overall) / weight;
    return { share, variance: (share * (1 - share)) / (weight + 1) };
  };
}
