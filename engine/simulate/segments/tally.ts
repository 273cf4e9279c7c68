import { keepLargest } from '../largest-changes.ts';
import type { Codes } from '../pair-codes.ts';
import type { RowCosts } from '../row-costs.ts';
import type { Dimension } from './dimension.ts';

/** Sums over the requests of one value. */
export interface Tally {
  requests: number;
  changed: number;
  before: number;
  after: number;
}

/** What is asked of every row: its bin, whether that bin's rows are changed, and what it costs. */
export interface Rows {
  readonly bins: Codes;
  /** By bin: 1 where its rows are decided otherwise. */
  readonly changed: Uint8Array;
  readonly costs: RowCosts;
}

/** Sums by value, over all rows. */
export function tallyRows({ codes, values }: Dimension, rows: Rows): ReadonlyMap<string, Tally> {
  const sums = sumByCode(codes, values.length, rows);
  const tallies = new Map<string, Tally>();
  for (const [code, names] of values.entries()) {
    const requests = sums[4 * code] ?? 0;
    if (requests === 0) continue;
    for (const name of names) {
      const tally = tallies.get(name) ?? { requests: 0, changed: 0, before: 0, after: 0 };
      tally.requests += requests;
      tally.changed += sums[4 * code + 1] ?? 0;
      tally.before += sums[4 * code + 2] ?? 0;
      tally.after += sums[4 * code + 3] ?? 0;
      tallies.set(name, tally);
    }
  }
  return tallies;
}

/** The values, each with one code, whose cost falls and rises most. There may be as many as sessions, so none is written down that is not told. */
export function farthest(
  { codes, values }: Dimension,
  rows: Rows,
  most: number,
): Record<'down' | 'up', readonly (Tally & { readonly value: string })[]> {
  const sums = sumByCode(codes, values.length, rows);
  const change = (code: number) => (sums[4 * code + 3] ?? 0) - (sums[4 * code + 2] ?? 0);
  const [down, up] = [keepLargest(most), keepLargest(most)];
  for (const [code, [value]] of values.entries()) {
    if (value === '') continue;
    const delta = change(code);
    if (delta < 0) down.offer(code, -delta);
    else if (delta > 0) up.offer(code, delta);
  }
  const told = (code: number) => ({
    value: values[code]?.[0] ?? '',
    requests: sums[4 * code] ?? 0,
    changed: sums[4 * code + 1] ?? 0,
    before: sums[4 * code + 2] ?? 0,
    after: sums[4 * code + 3] ?? 0,
  });
  return { down: down.rows().map(told), up: up.rows().map(told) };
}

/** Four places a code: requests, changed, cost before, cost after. */
function sumByCode(
  codes: Dimension['codes'],
  size: number,
  { bins, changed, costs: { before, after } }: Rows,
): Float64Array {
  const sums = new Float64Array(4 * size);
  for (let row = 0; row < codes.length; row += 1) {
    const at = (codes[row] as number) << 2;
    sums[at] = (sums[at] as number) + 1;
    sums[at + 1] = (sums[at + 1] as number) + (changed[bins[row] as number] as number);
    sums[at + 2] = (sums[at + 2] as number) + (before[row] as number);
    sums[at + 3] = (sums[at + 3] as number) + (after[row] as number);
  }
  return sums;
}

/** What the rows of each group of sessions add to the change of some values, at the least and at the most. */
export interface GroupSums {
  readonly groups: number;
  /** `groups` numbers a value, in the order of the values asked for. */
  readonly low: Float64Array;
  /** The same array where no cost is in doubt. */
  readonly high: Float64Array;
  /** 1 where a value has rows in a group. */
  readonly present: Uint8Array;
}

/** Adds up, for the named values of a dimension, the change by group of sessions. */
export function sumByGroup(
  { codes, values }: Dimension,
  names: readonly string[],
  { before, after, less, more }: RowCosts,
  facts: { readonly groups: Uint16Array; readonly groupCount: number },
): GroupSums {
  const { groups, groupCount } = facts;
  const slots = new Map(names.map((name, slot) => [name, slot * groupCount]));
  const offsets = values.map((own) => own.flatMap((name) => slots.get(name) ?? []));
  const first = Int32Array.from(offsets, (own) => own[0] ?? -1);
  const low = new Float64Array(names.length * groupCount);
  const high = less === null ? low : new Float64Array(names.length * groupCount);
  const present = new Uint8Array(names.length * groupCount);
  if (offsets.every((own) => own.length <= 1)) {
    addLow(codes, first, groups, before, after, less, low, present);
    if (more !== null) addHigh(codes, first, groups, before, after, more, high);
  } else addToSeveral(codes, offsets, groups, { before, after, less, more }, low, high, present);
  return { groups: groupCount, low, high, present };
}

/** Loops of one kind each: a branch or a call in them costs more than the sums. */
function addLow(
  codes: Dimension['codes'],
  first: Int32Array,
  groups: Uint16Array,
  before: Float64Array,
  after: Float64Array,
  less: Float64Array | null,
  low: Float64Array,
  present: Uint8Array,
): void {
  for (let row = 0; row < codes.length; row += 1) {
    const offset = first[codes[row] as number] as number;
    if (offset < 0) continue;
    const at = offset + (groups[row] as number);
    present[at] = 1;
    low[at] = (low[at] as number) + (after[row] as number) - (before[row] as number);
  }
  if (less === null) return;
  for (let row = 0; row < codes.length; row += 1) {
    const offset = first[codes[row] as number] as number;
    if (offset < 0) continue;
    const at = offset + (groups[row] as number);
    low[at] = (low[at] as number) - (less[row] as number);
  }
}

function addHigh(
  codes: Dimension['codes'],
  first: Int32Array,
  groups: Uint16Array,
  before: Float64Array,
  after: Float64Array,
  more: Float64Array,
  high: Float64Array,
): void {
  for (let row = 0; row < codes.length; row += 1) {
    const offset = first[codes[row] as number] as number;
    if (offset < 0) continue;
    const at = offset + (groups[row] as number);
    high[at] =
      (high[at] as number) + (after[row] as number) - (before[row] as number) + (more[row] as number);
  }
}

/** Rows with several values: those with several tags. */
function addToSeveral(
  codes: Dimension['codes'],
  offsets: readonly (readonly number[])[],
  groups: Uint16Array,
  { before, after, less, more }: RowCosts,
  low: Float64Array,
  high: Float64Array,
  present: Uint8Array,
): void {
  for (let row = 0; row < codes.length; row += 1) {
    const delta = (after[row] as number) - (before[row] as number);
    for (const offset of offsets[codes[row] as number] ?? []) {
      const at = offset + (groups[row] as number);
      present[at] = 1;
      low[at] = (low[at] as number) + delta - (less === null ? 0 : (less[row] as number));
      if (more !== null) high[at] = (high[at] as number) + delta + (more[row] as number);
    }
  }
}
