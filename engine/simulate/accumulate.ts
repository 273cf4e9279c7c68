import type { Bin, Bins } from './bins.ts';
import { blockRows, costBlocks } from './cost-block.ts';
import { keepLargest, type Largest } from './largest-changes.ts';
import type { RecordFacts } from './prepare-records.ts';
import type { PriceTable } from './price-table.ts';
import type { GroupTotals } from './resample.ts';
import { costRange, type Uncertainty } from './uncertain-bins.ts';

/** Sums over the rows of each bin. */
export interface BinTotals {
  readonly rows: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Sums over the rows of each team and day. */
export interface BucketTotals {
  readonly changed: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

export interface Totals {
  readonly byBin: BinTotals;
  readonly byBucket: BucketTotals;
  readonly byGroup: GroupTotals;
  /** Changed rows, the largest change of cost first; those without a cost on a side come last. */
  readonly largest: readonly number[];
}

const mostChanges = 200;

export interface Work {
  readonly facts: RecordFacts;
  readonly bins: Bins;
  readonly table: PriceTable;
  readonly uncertainties: readonly Uncertainty[];
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Adds up a record set, once. All sums are whole nano-dollars (but for the bounds), so their order changes nothing. */
export function accumulate(work: Work): Totals {
  const { bins, facts, table, uncertainties } = work;
  const { codes } = bins;
  const rows = countRows(codes, bins.bins.length);
  const marks = marksOf(bins.bins, rows, uncertainties);
  const costBefore = costBlocks(bins, 'beforeRule', facts, table);
  const costAfter = costBlocks(bins, 'afterRule', facts, table);
  const sums = emptySums(work);
  const changed = new Float64Array(facts.bucketNames.length);
  const open = { less: new Float64Array(facts.groupCount), more: new Float64Array(facts.groupCount) };
  const largest = keepLargest(mostChanges);
  for (let from = 0; from < codes.length; from += blockRows) {
    const to = Math.min(codes.length, from + blockRows);
    const block = { from, to, before: costBefore(from, to), after: costAfter(from, to) };
    if (addCosts(work, sums, block) > Math.max(0, largest.threshold()))
      offerChanges(bins, marks.compared, largest, block);
    if (marks.isMixed) countChanged(work, changed, marks.changed, block);
    if (marks.anyOpen) addOpenRows(work, open, block);
  }
  if (marks.anyChanged) offerTheRest(codes, largest, marks);
  if (marks.anyChanged && !marks.isMixed) changed.set(facts.bucketTotals.rows);
  return totalsOf(work, sums, rows, changed, open, largest);
}

function totalsOf(
  { bins, facts }: Work,
  { values, buckets, groups }: Sums,
  rows: Float64Array,
  changed: Float64Array,
  open: Pick<GroupTotals, 'less' | 'more'>,
  largest: Largest,
): Totals {
  const binCount = bins.bins.length;
  const bucketCount = facts.bucketNames.length;
  return {
    byBin: { rows, before: pick(values, 0, 3, binCount), after: pick(values, 1, 3, binCount) },
    byBucket: {
      changed,
      before: pick(values, buckets, 2, bucketCount),
      after: pick(values, buckets + 1, 2, bucketCount),
    },
    byGroup: {
      delta: pick(values, groups, 2, facts.groupCount),
      foreign: pick(values, groups + 1, 2, facts.groupCount),
      ...open,
    },
    largest: largest.rows(),
  };
}

/** What the passes need to know of bins, as arrays. Bins without rows do not count. */
interface Marks {
  readonly changed: Uint8Array;
  /** Changed, with a cost on both sides. */
  readonly compared: Uint8Array;
  readonly anyChanged: boolean;
  /** Some rows are changed and some are not. */
  readonly isMixed: boolean;
  readonly anyOpen: boolean;
}

function marksOf(bins: readonly Bin[], rows: Float64Array, uncertainties: readonly Uncertainty[]): Marks {
  const told = (bin: Bin) => bin.afterRule.source !== 'untold' && bin.beforeRule.source !== 'untold';
  const used = bins.flatMap((bin, index) =>
    (rows[index] ?? 0) > 0 ? [{ bin, kind: uncertainties[index]?.kind }] : [],
  );
  const anyChanged = used.some(({ bin }) => bin.changed);
  return {
    changed: Uint8Array.from(bins, (bin) => Number(bin.changed)),
    compared: Uint8Array.from(bins, (bin) => Number(bin.changed && told(bin))),
    anyChanged,
    isMixed: anyChanged && used.some(({ bin }) => !bin.changed),
    anyOpen: used.some(({ kind }) => kind === 'open'),
  };
}

/**
 * The sums of the one pass that every row takes, in one array: with eleven arrays the machine spends more time finding
 * them than adding. A bin has three places (before, after, and whether its tokens are another vendor's), a team and day
 * two (before, after), a group of sessions two (change, cost with another vendor's tokens).
 */
interface Sums {
  readonly values: Float64Array;
  readonly buckets: number;
  readonly groups: number;
}

function emptySums({ facts, bins, uncertainties }: Work): Sums {
  const buckets = 3 * bins.bins.length;
  const groups = buckets + 2 * facts.bucketNames.length;
  const values = new Float64Array(groups + 2 * facts.groupCount);
  for (const [bin, { kind }] of uncertainties.entries()) values[3 * bin + 2] = Number(kind === 'foreign');
  return { values, buckets, groups };
}

/** Every `step`th of `count` values from `from` on. */
function pick(values: Float64Array, from: number, step: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => values[from + step * index] ?? 0);
}

/** Two counters a bin: adding to one place twice in a row means waiting for the first. */
function countRows(codes: Bins['codes'], bins: number): Float64Array {
  const even = new Int32Array(bins);
  const odd = new Int32Array(bins);
  for (let row = 0; row + 1 < codes.length; row += 2) {
    const first = codes[row] as number;
    const second = codes[row + 1] as number;
    even[first] = (even[first] as number) + 1;
    odd[second] = (odd[second] as number) + 1;
  }
  const rows = Float64Array.from(even, (count, bin) => count + (odd[bin] ?? 0));
  const last = codes.length % 2 === 1 ? codes.at(-1) : undefined;
  if (last !== undefined) rows[last] = (rows[last] ?? 0) + 1;
  return rows;
}

/**
 * Adds the costs of a block to its bins, its teams and days, and its groups of sessions, and answers the largest change.
 * Nothing is called in the loop, which would make the machine look up every array anew.
 */
function addCosts({ facts, bins }: Work, sums: Sums, { from, to, before, after }: Block): number {
  const { codes } = bins;
  const { buckets, groups } = facts;
  const { values, buckets: bucketsFrom, groups: groupsFrom } = sums;
  let largest = 0;
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const bin = 3 * (codes[row] as number);
    const bucket = 2 * (buckets[row] as number) + bucketsFrom;
    const group = 2 * (groups[row] as number) + groupsFrom;
    const was = before[at] as number;
    const is = after[at] as number;
    const change = is - was;
    values[bin] = (values[bin] as number) + was;
    values[bin + 1] = (values[bin + 1] as number) + is;
    values[bucket] = (values[bucket] as number) + was;
    values[bucket + 1] = (values[bucket + 1] as number) + is;
    values[group] = (values[group] as number) + change;
    values[group + 1] = (values[group + 1] as number) + is * (values[bin + 2] as number);
    largest = Math.max(largest, Math.abs(change));
  }
  return largest;
}

function offerChanges(
  { codes }: Bins,
  compared: Uint8Array,
  largest: Largest,
  { from, to, before, after }: Block,
): void {
  let threshold = Math.max(0, largest.threshold());
  for (let row = from; row < to; row += 1) {
    const change = Math.abs((after[row - from] as number) - (before[row - from] as number));
    if (change > threshold && compared[codes[row] as number] === 1)
      threshold = Math.max(0, largest.offer(row, change));
  }
}

function countChanged(
  { facts, bins }: Work,
  changed: Float64Array,
  marks: Uint8Array,
  { from, to }: Block,
): void {
  const { codes } = bins;
  const { buckets } = facts;
  for (let row = from; row < to; row += 1) {
    const bucket = buckets[row] as number;
    changed[bucket] = (changed[bucket] as number) + (marks[codes[row] as number] as number);
  }
}

function addOpenRows(
  work: Work,
  totals: Pick<GroupTotals, 'less' | 'more'>,
  { from, to, after }: Block,
): void {
  const { facts, bins, table, uncertainties } = work;
  for (let row = from; row < to; row += 1) {
    const uncertainty = uncertainties[bins.codes[row] as number];
    if (uncertainty?.kind !== 'open') continue;
    const cost = after[row - from] as number;
    const { low, high } = costRange(uncertainty.range, table, facts, row, cost);
    const group = facts.groups[row] as number;
    totals.less[group] = (totals.less[group] as number) + cost - low;
    totals.more[group] = (totals.more[group] as number) + high - cost;
  }
}

/** Fills up with rows that change at no cost, then with rows that have no cost on a side. */
function offerTheRest(codes: Bins['codes'], largest: Largest, { changed, compared }: Marks): void {
  const taken = new Set(largest.rows());
  for (const [size, mark] of [
    [0, 1],
    [-1, 0],
  ] as const) {
    for (let row = 0; row < codes.length && taken.size < mostChanges; row += 1) {
      const bin = codes[row] as number;
      if (changed[bin] === 0 || compared[bin] !== mark || taken.has(row)) continue;
      largest.offer(row, size);
      taken.add(row);
    }
  }
}
