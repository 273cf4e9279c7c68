import type { Bin, Bins } from './bins.ts';
import { keepLargest, type Largest } from './largest-changes.ts';
import type { RecordFacts } from './prepare-records.ts';
import { type PriceTable, priceRow } from './price-table.ts';
import type { GroupTotals } from './resample.ts';
import { costRange, type Uncertainty } from './uncertain-bins.ts';

/** Sums over the rows of each bin. */
export interface BinTotals {
  readonly rows: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly latency: Float64Array;
  readonly outputTokens: Float64Array;
}

/** Sums over the rows of each team and day. */
export interface BucketTotals {
  readonly rows: Float64Array;
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

/** Rows are taken in blocks whose costs stay in the nearest cache from one pass to the next. */
const blockRows = 2_048;
const mostChanges = 200;

interface Work {
  readonly facts: RecordFacts;
  readonly bins: Bins;
  readonly table: PriceTable;
  readonly uncertainties: readonly Uncertainty[];
}

/** Adds up a record set, once. All sums are whole nano-dollars (but for the bounds), so their order changes nothing. */
export function accumulate(work: Work): Totals {
  const { bins, facts } = work;
  const length = bins.codes.length;
  const afterRules = rulesOf(bins.bins.map((bin) => bin.afterRule));
  const beforeRules = rulesOf(bins.bins.map((bin) => bin.beforeRule));
  const totals = emptyTotals(bins.bins.length, facts.bucketNames.length, facts.groupCount);
  const largest = keepLargest(mostChanges);
  const flags = flagsOf(bins.bins, work.uncertainties);
  const before = new Float64Array(blockRows);
  const after = new Float64Array(blockRows);
  for (let from = 0; from < length; from += blockRows) {
    const to = Math.min(length, from + blockRows);
    costBlock(work, beforeRules, from, to, before);
    costBlock(work, afterRules, from, to, after);
    addToBins(work, totals.byBin, from, to, before, after);
    addToBuckets(work, totals.byBucket, flags, from, to, before, after);
    addToGroups(work, totals.byGroup, flags, from, to, before, after);
    if (flags.anyOpen) addOpenRows(work, totals.byGroup, from, to, after);
    if (flags.anyChanged) offerChanges(bins, largest, flags, from, to, before, after);
  }
  return { ...totals, largest: largest.rows() };
}

/** Cost rules by bin as arrays: a factor for the logged cost, and a line of the price table. */
interface Rules {
  readonly logged: Float64Array;
  readonly lines: Uint16Array;
  readonly anyPriced: boolean;
}

function rulesOf(rules: readonly Bin['afterRule'][]): Rules {
  return {
    logged: Float64Array.from(rules, (rule) => (rule.source === 'logged' ? 1 : 0)),
    lines: Uint16Array.from(rules, (rule) => rule.line),
    anyPriced: rules.some((rule) => rule.line > 0),
  };
}

interface Flags {
  readonly changed: Uint8Array;
  readonly foreign: Uint8Array;
  /** A row of the bin has a cost on both sides. */
  readonly told: Uint8Array;
  readonly anyChanged: boolean;
  readonly anyOpen: boolean;
}

function flagsOf(bins: readonly Bin[], uncertainties: readonly Uncertainty[]): Flags {
  return {
    changed: Uint8Array.from(bins, (bin) => Number(bin.changed)),
    foreign: Uint8Array.from(uncertainties, ({ kind }) => Number(kind === 'foreign')),
    told: Uint8Array.from(bins, ({ afterRule, beforeRule }) =>
      Number(afterRule.source !== 'untold' && beforeRule.source !== 'untold'),
    ),
    anyChanged: bins.some((bin) => bin.changed),
    anyOpen: uncertainties.some(({ kind }) => kind === 'open'),
  };
}

function emptyTotals(bins: number, buckets: number, groups: number): Omit<Totals, 'largest'> {
  const zeros = (length: number) => new Float64Array(length);
  return {
    byBin: {
      rows: zeros(bins),
      before: zeros(bins),
      after: zeros(bins),
      latency: zeros(bins),
      outputTokens: zeros(bins),
    },
    byBucket: {
      rows: zeros(buckets),
      changed: zeros(buckets),
      before: zeros(buckets),
      after: zeros(buckets),
    },
    byGroup: { delta: zeros(groups), foreign: zeros(groups), less: zeros(groups), more: zeros(groups) },
  };
}

function costBlock(
  { facts, bins, table }: Work,
  rules: Rules,
  from: number,
  to: number,
  out: Float64Array,
): void {
  const { codes } = bins;
  for (let row = from; row < to; row += 1) {
    const bin = codes[row] as number;
    const line = rules.lines[bin] as number;
    out[row - from] =
      line === 0
        ? (rules.logged[bin] as number) * (facts.cost[row] as number)
        : priceRow(table, line, facts.tokens, row);
  }
}

function addToBins(
  { facts, bins }: Work,
  totals: BinTotals,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  const { codes } = bins;
  const [, , , , output, reasoning] = facts.tokens;
  if (output === undefined || reasoning === undefined) return;
  for (let row = from; row < to; row += 1) {
    const bin = codes[row] as number;
    totals.rows[bin] = (totals.rows[bin] as number) + 1;
    totals.before[bin] = (totals.before[bin] as number) + (before[row - from] as number);
    totals.after[bin] = (totals.after[bin] as number) + (after[row - from] as number);
    totals.latency[bin] = (totals.latency[bin] as number) + (facts.latency[row] as number);
    totals.outputTokens[bin] =
      (totals.outputTokens[bin] as number) + (output[row] as number) + (reasoning[row] as number);
  }
}

function addToBuckets(
  { facts, bins }: Work,
  totals: BucketTotals,
  flags: Flags,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  const { codes } = bins;
  for (let row = from; row < to; row += 1) {
    const bucket = facts.buckets[row] as number;
    totals.rows[bucket] = (totals.rows[bucket] as number) + 1;
    totals.changed[bucket] =
      (totals.changed[bucket] as number) + (flags.changed[codes[row] as number] as number);
    totals.before[bucket] = (totals.before[bucket] as number) + (before[row - from] as number);
    totals.after[bucket] = (totals.after[bucket] as number) + (after[row - from] as number);
  }
}

function addToGroups(
  { facts, bins }: Work,
  totals: GroupTotals,
  flags: Flags,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  const { codes } = bins;
  for (let row = from; row < to; row += 1) {
    const group = facts.groups[row] as number;
    const cost = after[row - from] as number;
    totals.delta[group] = (totals.delta[group] as number) + cost - (before[row - from] as number);
    totals.foreign[group] =
      (totals.foreign[group] as number) + cost * (flags.foreign[codes[row] as number] as number);
  }
}

function addOpenRows(work: Work, totals: GroupTotals, from: number, to: number, after: Float64Array): void {
  const { facts, bins, table, uncertainties } = work;
  for (let row = from; row < to; row += 1) {
    const uncertainty = uncertainties[bins.codes[row] as number];
    if (uncertainty?.kind !== 'open') continue;
    const cost = after[row - from] as number;
    const { low, high } = costRange(uncertainty.range, table, facts.tokens, row, cost);
    const group = facts.groups[row] as number;
    totals.less[group] = (totals.less[group] as number) + cost - low;
    totals.more[group] = (totals.more[group] as number) + high - cost;
  }
}

function offerChanges(
  { codes }: Bins,
  largest: Largest,
  flags: Flags,
  from: number,
  to: number,
  before: Float64Array,
  after: Float64Array,
): void {
  let threshold = largest.threshold();
  for (let row = from; row < to; row += 1) {
    const bin = codes[row] as number;
    if (flags.changed[bin] === 0) continue;
    const size =
      flags.told[bin] === 1 ? Math.abs((after[row - from] as number) - (before[row - from] as number)) : -1;
    if (size > threshold) threshold = largest.offer(row, size);
  }
}
