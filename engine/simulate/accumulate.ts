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

/** Adds up a record set, once. All sums are whole nano-dollars (but for the bounds), so their order changes nothing. */
export function accumulate(work: Work): Totals {
  const { bins, facts, table, uncertainties } = work;
  const { codes } = bins;
  const costBefore = costBlocks(bins, 'beforeRule', facts, table);
  const costAfter = costBlocks(bins, 'afterRule', facts, table);
  const totals = emptyTotals(bins.bins.length, facts.bucketNames.length, facts.groupCount);
  const marks = marksOf(bins.bins, uncertainties);
  const largest = keepLargest(mostChanges);
  for (let from = 0; from < codes.length; from += blockRows) {
    const to = Math.min(codes.length, from + blockRows);
    const before = costBefore(from, to);
    const after = costAfter(from, to);
    addToBins(work, totals.byBin, from, to, before, after);
    addToBuckets(work, totals.byBucket, marks.changed, from, to, before, after);
    if (marks.anyChanged) addToGroups(work, totals.byGroup, largest, marks, from, to, before, after);
    if (marks.anyForeign) addForeignRows(work, totals.byGroup, marks.foreign, from, to, after);
    if (marks.anyOpen) addOpenRows(work, totals.byGroup, from, to, after);
  }
  if (marks.anyChanged) offerTheRest(codes, largest, marks);
  return { ...totals, largest: largest.rows() };
}

/** What the passes need to know of bins, as arrays. */
interface Marks {
  readonly changed: Uint8Array;
  readonly foreign: Float64Array;
  /** Changed, with a cost on both sides. */
  readonly compared: Uint8Array;
  readonly anyChanged: boolean;
  readonly anyForeign: boolean;
  readonly anyOpen: boolean;
}

function marksOf(bins: readonly Bin[], uncertainties: readonly Uncertainty[]): Marks {
  const told = (bin: Bin) => bin.afterRule.source !== 'untold' && bin.beforeRule.source !== 'untold';
  return {
    changed: Uint8Array.from(bins, (bin) => Number(bin.changed)),
    foreign: Float64Array.from(uncertainties, ({ kind }) => Number(kind === 'foreign')),
    compared: Uint8Array.from(bins, (bin) => Number(bin.changed && told(bin))),
    anyChanged: bins.some((bin) => bin.changed),
    anyForeign: uncertainties.some(({ kind }) => kind === 'foreign'),
    anyOpen: uncertainties.some(({ kind }) => kind === 'open'),
  };
}

function emptyTotals(bins: number, buckets: number, groups: number): Omit<Totals, 'largest'> {
  const zeros = (length: number) => new Float64Array(length);
  return {
    byBin: { rows: zeros(bins), before: zeros(bins), after: zeros(bins) },
    byBucket: { changed: zeros(buckets), before: zeros(buckets), after: zeros(buckets) },
    byGroup: { delta: zeros(groups), foreign: zeros(groups), less: zeros(groups), more: zeros(groups) },
  };
}

function addToBins(
  { bins }: Work,
  totals: BinTotals,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  const { codes } = bins;
  const { rows, before: sumBefore, after: sumAfter } = totals;
  for (let row = from; row < to; row += 1) {
    const bin = codes[row] as number;
    rows[bin] = (rows[bin] as number) + 1;
    sumBefore[bin] = (sumBefore[bin] as number) + (before[row - from] as number);
    sumAfter[bin] = (sumAfter[bin] as number) + (after[row - from] as number);
  }
}

function addToBuckets(
  { facts, bins }: Work,
  totals: BucketTotals,
  marks: Uint8Array,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  const { codes } = bins;
  const { buckets } = facts;
  const { changed, before: sumBefore, after: sumAfter } = totals;
  for (let row = from; row < to; row += 1) {
    const bucket = buckets[row] as number;
    changed[bucket] = (changed[bucket] as number) + (marks[codes[row] as number] as number);
    sumBefore[bucket] = (sumBefore[bucket] as number) + (before[row - from] as number);
    sumAfter[bucket] = (sumAfter[bucket] as number) + (after[row - from] as number);
  }
}

function addToGroups(
  { facts, bins }: Work,
  { delta }: GroupTotals,
  largest: Largest,
  { compared }: Marks,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  const { codes } = bins;
  const { groups } = facts;
  let threshold = Math.max(0, largest.threshold());
  for (let row = from; row < to; row += 1) {
    const group = groups[row] as number;
    const change = (after[row - from] as number) - (before[row - from] as number);
    delta[group] = (delta[group] as number) + change;
    if (Math.abs(change) > threshold && compared[codes[row] as number] === 1)
      threshold = Math.max(0, largest.offer(row, Math.abs(change)));
  }
}

function addForeignRows(
  { facts, bins }: Work,
  { foreign }: GroupTotals,
  marks: Float64Array,
  from: number,
  to: number,
  after: Float64Array,
): void {
  const { codes } = bins;
  const { groups } = facts;
  for (let row = from; row < to; row += 1) {
    const group = groups[row] as number;
    foreign[group] =
      (foreign[group] as number) + (after[row - from] as number) * (marks[codes[row] as number] as number);
  }
}

function addOpenRows(work: Work, totals: GroupTotals, from: number, to: number, after: Float64Array): void {
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
