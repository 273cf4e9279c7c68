import {
  columnOfClass,
  noUsage,
  type Usage,
  type UsageColumns,
  usageClasses,
  usageOfColumns,
} from '../catalogue/index.ts';
import type { RequestRecord, SignalValue } from '../signals/index.ts';
import { bucketRows } from './bucket-rows.ts';
import { hasGaps } from './column-gaps.ts';
import { type Column, codedOf, type RecordColumns } from './columns.ts';
import { mixText } from './content-hash.ts';
import { type TaskRows, taskRows } from './estimate/task-rows.ts';
import { type LoggedDecisions, logDecisions } from './logged-decisions.ts';
import type { Codes } from './pair-codes.ts';
import { valueAt } from './signals-at.ts';
import { findSpecialRows, type SpecialRows } from './special-usage.ts';

/** The usual token classes of a cost, in the order of the price table's rates. What else a row may hold is special. */
export const tokenColumns = [
  'usage.input_tokens',
  'usage.cache_read_tokens',
  'usage.cache_write_5m_tokens',
  'usage.cache_write_1h_tokens',
  'usage.output_tokens',
  'usage.reasoning_tokens',
] as const satisfies readonly (keyof RequestRecord)[];
/** The first of them are input. */
export const inputClasses = 4;

/** What every simulation over a record set needs of it and no policy changes: worked out once a record set. */
export interface RecordFacts {
  readonly logged: LoggedDecisions;
  /** Sums over the rows of each recorded decision. */
  readonly loggedTotals: { readonly rows: Float64Array; readonly latency: Float64Array };
  /** Nano-dollars as logged; 0 where unknown, which `logged` tells. */
  readonly cost: Float64Array;
  readonly tokens: TokenTable;
  /** What rows ask for, by which the length of answers is told. */
  readonly tasks: TaskRows;
  /** Rows that need more than the six usual classes and the standard price. */
  readonly special: SpecialRows;
  /** All that a row used, and when it began (undefined: unknown), as `costOf` takes them. */
  readonly usageAt: (row: number) => Usage;
  readonly timeAt: (row: number) => number | undefined;
  /** Fresh and cached input together, which decides the tier of a price; special rows have more. */
  readonly totalInput: () => Float64Array;
  /** Tokens that the log read from caches. */
  readonly cacheReads: () => number;
  /** Total latency in ms of the rows that have one; else 0. */
  readonly latency: Float64Array;
  /** Mean time to the first token in ms, where known; else 0. */
  readonly meanFirstTokenMs: number;
  /** Rows by team and UTC day. */
  readonly buckets: Codes;
  /** Team and day of each bucket, empty where unknown, and what the log says of its rows. */
  readonly bucketNames: readonly { readonly team: string; readonly day: string }[];
  readonly bucketTotals: { readonly rows: Float64Array; readonly cost: Float64Array };
  /** Rows by group of sessions, for resampling. */
  readonly groups: Uint16Array;
  readonly groupCount: number;
  /** Rows made by the simulated upstream or the generated sample. */
  readonly sandboxRows: number;
}

/**
 * The tokens of all rows, row by row: `width` numbers a row, one a token class that occurs; 0 where unknown. One array,
 * since a loop over many is slower; three or six wide, since loops over a fixed width are faster.
 */
export interface TokenTable {
  readonly values: Uint32Array | Float64Array;
  readonly width: 3 | 6;
  /** The class of each place in a row, as an index into a price's rates; places past the last are 0. */
  readonly places: readonly number[];
}

const remembered = new WeakMap<RecordColumns, RecordFacts>();

export function prepareRecords(columns: RecordColumns): RecordFacts {
  const known = remembered.get(columns);
  if (known !== undefined) return known;
  const special = findSpecialRows(columns);
  const logged = logDecisions(columns, special);
  const cost = withoutUnknown(columns.column('cost.nano_usd'), columns.length);
  const latency = withoutUnknown(columns.column('latency.total_ms'), columns.length);
  const buckets = bucketRows(columns);
  const facts: RecordFacts = {
    logged,
    loggedTotals: {
      rows: sumByCode(logged.codes, logged.decisions.length, () => 1),
      latency: sumByCode(logged.codes, logged.decisions.length, (row) => latency[row] as number),
    },
    cost,
    latency,
    special,
    tasks: taskRows(columns),
    ...rowReaders(columns),
    ...tokensOf(columns),
    meanFirstTokenMs: meanOf(columns.column('latency.first_token_ms')),
    ...buckets,
    bucketTotals: {
      rows: sumByCode(buckets.buckets, buckets.bucketNames.length, () => 1),
      cost: sumByCode(buckets.buckets, buckets.bucketNames.length, (row) => cost[row] as number),
    },
    ...groupSessions(columns),
    sandboxRows: countTrue(columns.column('sandbox')),
  };
  remembered.set(columns, facts);
  return facts;
}

function rowReaders(columns: RecordColumns): Pick<RecordFacts, 'usageAt' | 'timeAt'> {
  const names = [
    ...usageClasses.map((name) => columnOfClass[name]),
    'usage.service_tier',
    'usage.region',
  ] as const;
  const told = names.map((name) => [name, columns.column(name)] as const);
  const times = columns.column('time.at');
  return {
    usageAt: (row) => {
      const read: Readonly<Partial<UsageColumns>> = Object.fromEntries(
        told.map(([name, column]) => [name, valueAt(column, row)]),
      );
      return usageOfColumns(read) ?? noUsage;
    },
    timeAt: (row) => {
      const at = valueAt(times, row);
      return typeof at === 'number' ? at : undefined;
    },
  };
}

/** The column's own array where it has no gap, else a copy with zeros. */
function withoutUnknown(column: Column, length: number): Float64Array {
  if (column.kind !== 'number') return new Float64Array(length);
  if (!hasGaps(column)) return column.values;
  return column.values.map((value) => (Number.isNaN(value) ? 0 : value));
}

function tokensOf(columns: RecordColumns): Pick<RecordFacts, 'tokens' | 'totalInput' | 'cacheReads'> {
  const all = tokenColumns.map((name) => withoutUnknown(columns.column(name), columns.length));
  const places = [...all.keys()].filter((place) => all[place]?.some((count) => count !== 0));
  let sum: Float64Array | undefined;
  const totalInput = () => {
    sum ??= addUp(all.slice(0, inputClasses), columns.length);
    return sum;
  };
  const cacheReads = () => all[1]?.reduce((total, count) => total + count, 0) ?? 0;
  return { tokens: tokenTable(all, places, columns.length), totalInput, cacheReads };
}

/** Four bytes a number where all of them fit. */
function tokenTable(all: readonly Float64Array[], places: readonly number[], length: number): TokenTable {
  const width = places.length <= 3 ? 3 : 6;
  const fits = all.every((values) => values.every((count) => count === count >>> 0));
  const values = fits ? new Uint32Array(width * length) : new Float64Array(width * length);
  for (const [at, place] of places.entries()) {
    const column = all[place];
    if (column === undefined) continue;
    for (let row = 0; row < length; row += 1) values[width * row + at] = column[row] as number;
  }
  return { values, width, places };
}

function addUp(columns: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length);
  for (const values of columns)
    for (let row = 0; row < length; row += 1) sum[row] = (sum[row] as number) + (values[row] as number);
  return sum;
}

function sumByCode(codes: Codes, size: number, valueAt: (row: number) => number): Float64Array {
  const sums = new Float64Array(size);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    sums[code] = (sums[code] as number) + valueAt(row);
  }
  return sums;
}

function meanOf(column: Column): number {
  if (column.kind !== 'number') return 0;
  let sum = 0;
  let count = 0;
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

function countTrue(column: Column): number {
  return column.kind === 'bool' ? column.values.reduce((count, value) => count + Number(value === 1), 0) : 0;
}

/** Most groups that sessions are gathered into. */
const mostGroups = 1_024;

/**
 * Gathers sessions into at most 1,024 groups by a hash of their id; a row without one is a session of its own. Groups
 * that nobody falls into are left out. See `resample.ts` for why resampling groups is as good as resampling sessions.
 */
function groupSessions(columns: RecordColumns): Pick<RecordFacts, 'groups' | 'groupCount'> {
  const session = codedOf(columns.column('session.id'), columns.length);
  const bySession = Int16Array.from(session.dictionary, groupOfSession);
  const groups = new Uint16Array(columns.length);
  const renumbered = new Int32Array(mostGroups).fill(-1);
  let groupCount = 0;
  for (let row = 0; row < groups.length; row += 1) {
    let group = bySession[session.codes[row] as number] as number;
    if (group < 0) group = (Math.imul(row, 0x9e3779b1) >>> 22) & (mostGroups - 1);
    if (renumbered[group] === -1) renumbered[group] = groupCount++;
    groups[row] = renumbered[group] as number;
  }
  return { groups, groupCount };
}

function groupOfSession(session: SignalValue | null): number {
  return typeof session === 'string' && session !== '' ? mixText(0x51ed270b, session) & (mostGroups - 1) : -1;
}
