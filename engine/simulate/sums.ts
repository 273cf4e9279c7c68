import type { Bins } from './bins.ts';
import type { RecordFacts } from './prepare-records.ts';
import type { Uncertainty } from './uncertain-bins.ts';

/** Some rows, and what they cost on both sides. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/**
 * The sums of the one pass that every row takes, in one array: with ten arrays the machine spends more time finding
 * them than adding. A bin has four places (before, after, rows, and how doubtful its tokens are), a team and
 * day one (change), a group of sessions two (change, cost with another vendor's tokens).
 */
export interface Sums {
  readonly values: Float64Array;
  readonly buckets: number;
  readonly groups: number;
}

export function emptySums(facts: RecordFacts, uncertainties: readonly Uncertainty[]): Sums {
  const buckets = 4 * uncertainties.length;
  const groups = buckets + facts.bucketNames.length;
  const values = new Float64Array(groups + 2 * facts.groupCount);
  for (const [bin, one] of uncertainties.entries())
    values[4 * bin + 3] = one.kind === 'foreign' ? one.doubt : 0;
  return { values, buckets, groups };
}

/**
 * Adds the costs of a part of a block to its bins, its teams and days, and its groups of sessions, and answers the largest change.
 * Nothing is called in the loop, which would make the machine look up every array anew.
 */
export function addCosts(
  { codes }: Bins,
  { buckets, groups }: RecordFacts,
  { values, buckets: bucketsFrom, groups: groupsFrom }: Sums,
  { from, before, after }: Block,
  part: number,
  end: number,
): number {
  let largest = 0;
  for (let row = part, at = part - from; row < end; row += 1, at += 1) {
    const bin = (codes[row] as number) << 2;
    const bucket = (buckets[row] as number) + bucketsFrom;
    const group = ((groups[row] as number) << 1) + groupsFrom;
    const was = before[at] as number;
    const is = after[at] as number;
    const change = is - was;
    values[bin] = (values[bin] as number) + was;
    values[bin + 1] = (values[bin + 1] as number) + is;
    values[bin + 2] = (values[bin + 2] as number) + 1;
    values[bucket] = (values[bucket] as number) + change;
    values[group] = (values[group] as number) + change;
    values[group + 1] = (values[group + 1] as number) + is * (values[bin + 3] as number);
    largest = Math.max(largest, Math.abs(change));
  }
  return largest;
}

/** Every `step`th of `count` values from `from` on. */
export function pick(values: Float64Array, from: number, step: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => values[from + step * index] ?? 0);
}
