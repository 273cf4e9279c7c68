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
  const isSingle = offsets.every((own) => own.length <= 1);
  const add = (offset: number, row: number) => {
    const at = offset + (groups[row] as number);
    const delta = (after[row] as number) - (before[row] as number);
    present[at] = 1;
    low[at] = (low[at] as number) + delta - (less === null ? 0 : (less[row] as number));
    if (more !== null) high[at] = (high[at] as number) + delta + (more[row] as number);
  };
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    const offset = first[code] as number;
    if (offset < 0) continue;
    if (isSingle) add(offset, row);
    else for (const own of offsets[code] ?? []) add(own, row);
  }
  return { groups: groupCount, low, high, present };
}
