import type { Bin, Bins } from './bins.ts';
import { blockRows, costBlocks } from './cost-block.ts';
import { keepLargest, type Largest } from './largest-changes.ts';
import type { Codes } from './pair-codes.ts';
import type { RecordFacts } from './prepare-records.ts';
import type { PriceTable } from './price-table.ts';
import type { GroupTotals } from './resample.ts';
import { addCosts, type Block, emptySums, pick, type Sums } from './sums.ts';
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
/** A part of a block whose largest change may be among the largest of all is gone through again: so parts are small. */
const partRows = 256;

export interface Work {
  readonly facts: RecordFacts;
  readonly bins: Bins;
  readonly table: PriceTable;
  readonly uncertainties: readonly Uncertainty[];
}

/** What is summed by team and day, or by group of sessions, beside what every row takes. */
interface Extras {
  readonly changed: Float64Array;
  readonly before: Float64Array;
  readonly less: Float64Array;
  readonly more: Float64Array;
}

/** Adds up a record set, once. All sums are whole nano-dollars (but for the bounds), so their order changes nothing. */
export function accumulate(work: Work): Totals {
  const { bins, facts, table, uncertainties } = work;
  const { codes } = bins;
  const marks = marksOf(bins.bins, uncertainties);
  const costBefore = costBlocks(bins, 'beforeRule', facts, table);
  const costAfter = costBlocks(bins, 'afterRule', facts, table);
  const sums = emptySums(facts, uncertainties);
  const extras = emptyExtras(facts, marks, costBefore.isLogged);
  const largest = keepLargest(mostChanges);
  for (let from = 0; from < codes.length; from += blockRows) {
    const to = Math.min(codes.length, from + blockRows);
    const block = { from, to, before: costBefore.of(from, to), after: costAfter.of(from, to) };
    for (let part = from; part < to; part += partRows) {
      const end = Math.min(to, part + partRows);
      if (addCosts(bins, facts, sums, block, part, end) > Math.max(0, largest.threshold()))
        offerChanges(codes, marks.compared, largest, block, part, end);
    }
    if (!costBefore.isLogged) addBefore(facts.buckets, extras.before, block);
    if (marks.isMixed) countChanged(codes, facts.buckets, marks.changed, extras.changed, block);
    if (marks.anyOpen) addOpenRows(work, extras, block);
  }
  if (marks.anyChanged) offerTheRest(codes, largest, marks);
  return totalsOf(work, sums, extras, largest);
}

/** What the passes need to know of bins, as arrays. */
interface Marks {
  readonly changed: Uint8Array;
  /** Changed, with a cost on both sides. */
  readonly compared: Uint8Array;
  readonly anyChanged: boolean;
  /** Some rows are changed and some may not be. */
  readonly isMixed: boolean;
  readonly anyOpen: boolean;
}

function marksOf(bins: readonly Bin[], uncertainties: readonly Uncertainty[]): Marks {
  const told = (bin: Bin) => bin.afterRule.source !== 'untold' && bin.beforeRule.source !== 'untold';
  const anyChanged = bins.some((bin) => bin.changed);
  return {
    changed: Uint8Array.from(bins, (bin) => Number(bin.changed)),
    compared: Uint8Array.from(bins, (bin) => Number(bin.changed && told(bin))),
    anyChanged,
    isMixed: anyChanged && bins.some((bin) => !bin.changed),
    anyOpen: uncertainties.some(({ kind }) => kind === 'open'),
  };
}

/** What the log already tells is not summed again. */
function emptyExtras(facts: RecordFacts, { anyChanged, isMixed }: Marks, asLogged: boolean): Extras {
  const buckets = facts.bucketNames.length;
  return {
    changed: anyChanged && !isMixed ? facts.bucketTotals.rows : new Float64Array(buckets),
    before: asLogged ? facts.bucketTotals.cost : new Float64Array(buckets),
    less: new Float64Array(facts.groupCount),
    more: new Float64Array(facts.groupCount),
  };
}

function totalsOf(
  { bins, facts }: Work,
  { values, buckets, groups }: Sums,
  extras: Extras,
  largest: Largest,
): Totals {
  const count = bins.bins.length;
  return {
    byBin: {
      rows: pick(values, 2, 4, count),
      before: pick(values, 0, 4, count),
      after: pick(values, 1, 4, count),
    },
    byBucket: {
      changed: extras.changed,
      before: extras.before,
      after: extras.before.map((before, bucket) => before + (values[buckets + bucket] ?? 0)),
    },
    byGroup: {
      delta: pick(values, groups, 2, facts.groupCount),
      foreign: pick(values, groups + 1, 2, facts.groupCount),
      less: extras.less,
      more: extras.more,
    },
    largest: largest.rows(),
  };
}

function addBefore(buckets: Codes, sums: Float64Array, { from, to, before }: Block): void {
  for (let row = from, at = 0; row < to; row += 1, at += 1) {
    const bucket = buckets[row] as number;
    sums[bucket] = (sums[bucket] as number) + (before[at] as number);
  }
}

function countChanged(
  codes: Codes,
  buckets: Codes,
  marks: Uint8Array,
  changed: Float64Array,
  { from, to }: Block,
): void {
  for (let row = from; row < to; row += 1) {
    const bucket = buckets[row] as number;
    changed[bucket] = (changed[bucket] as number) + (marks[codes[row] as number] as number);
  }
}

function offerChanges(
  codes: Codes,
  compared: Uint8Array,
  largest: Largest,
  { from, before, after }: Block,
  part: number,
  end: number,
): void {
  let threshold = Math.max(0, largest.threshold());
  for (let row = part; row < end; row += 1) {
    const change = Math.abs((after[row - from] as number) - (before[row - from] as number));
    if (change > threshold && compared[codes[row] as number] === 1)
      threshold = Math.max(0, largest.offer(row, change));
  }
}

function addOpenRows(work: Work, { less, more }: Extras, { from, to, after }: Block): void {
  const { facts, bins, table, uncertainties } = work;
  for (let row = from; row < to; row += 1) {
    const uncertainty = uncertainties[bins.codes[row] as number];
    if (uncertainty?.kind !== 'open') continue;
    const cost = after[row - from] as number;
    const { low, high } = costRange(uncertainty.range, table, facts, row, cost);
    const group = facts.groups[row] as number;
    less[group] = (less[group] as number) + cost - low;
    more[group] = (more[group] as number) + high - cost;
  }
}

/** Fills up with rows that change at no cost, then with rows that have no cost on a side. */
function offerTheRest(codes: Codes, largest: Largest, { changed, compared }: Marks): void {
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
