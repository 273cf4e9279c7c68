import type { SignalValue } from '../../signals/index.ts';
import { type Column, codedOf, type RecordColumns } from '../columns.ts';
import type { RecordFacts } from '../prepare-records.ts';
import type { SegmentKind } from '../result.ts';

type Codes = Uint8Array | Uint16Array | Uint32Array;

/** One way of telling rows apart: a code a row, and what each code stands for (several values for rows with several tags). */
export interface Dimension {
  readonly codes: Codes;
  readonly values: readonly (readonly string[])[];
}

type OfRecords = Exclude<SegmentKind, 'target'> | 'session' | 'day';

const remembered = new WeakMap<RecordColumns, Map<OfRecords, Dimension>>();

/** A dimension that the records alone give; worked out once a record set. `""` is unknown, or none. */
export function dimensionOf(kind: OfRecords, columns: RecordColumns, facts: RecordFacts): Dimension {
  const kept = remembered.get(columns) ?? new Map<OfRecords, Dimension>();
  remembered.set(columns, kept);
  const known = kept.get(kind) ?? makeDimension(kind, columns, facts);
  kept.set(kind, known);
  return known;
}

function makeDimension(kind: OfRecords, columns: RecordColumns, facts: RecordFacts): Dimension {
  switch (kind) {
    case 'team':
      return texts(columns, 'caller.team');
    case 'project':
      return texts(columns, 'caller.project');
    case 'key':
      return texts(columns, 'caller.key');
    case 'task':
      return texts(columns, 'task.label');
    case 'session':
      return texts(columns, 'session.id');
    case 'tag':
      return tags(columns);
    case 'day':
      return { codes: facts.buckets, values: facts.bucketNames.map(({ day }) => [day]) };
    case 'size':
      return sizes(columns, facts);
    case 'hour':
      return byTime(columns, 24, hourMs, (hour) => String(hour).padStart(2, '0'));
    case 'weekday':
      return byTime(columns, 7, 24 * hourMs, (day) => String(((day + 3) % 7) + 1));
  }
}

function texts(
  columns: RecordColumns,
  name: 'caller.team' | 'caller.project' | 'caller.key' | 'task.label' | 'session.id',
): Dimension {
  const { codes, dictionary } = codedOf(columns.column(name), columns.length);
  return { codes, values: dictionary.map((value) => [textOf(value)]) };
}

function textOf(value: SignalValue | null): string {
  return typeof value === 'string' ? value : '';
}

function tags(columns: RecordColumns): Dimension {
  const { codes, dictionary } = codedOf(columns.column('caller.tags'), columns.length);
  return {
    codes,
    values: dictionary.map((list) =>
      Array.isArray(list) && list.length > 0 ? [...new Set(list.map(String))] : [''],
    ),
  };
}

/** Classes of input tokens: the name of each, and where the next begins. */
export const sizeClasses = [
  { name: '0-1k', below: 1_000 },
  { name: '1k-4k', below: 4_000 },
  { name: '4k-16k', below: 16_000 },
  { name: '16k-64k', below: 64_000 },
  { name: '64k-200k', below: 200_000 },
  { name: '200k+', below: Number.POSITIVE_INFINITY },
] as const;

/** By the tokens measured before routing; where those are unknown, by those that were billed. */
function sizes(columns: RecordColumns, facts: RecordFacts): Dimension {
  const measured = columns.column('request.input_tokens');
  const billed = facts.totalInput();
  const codes = new Uint8Array(columns.length);
  for (let row = 0; row < codes.length; row += 1) {
    const told = measured.kind === 'number' ? (measured.values[row] as number) : Number.NaN;
    const tokens = Number.isNaN(told) ? (billed[row] as number) : told;
    codes[row] = sizeClasses.findIndex(({ below }) => tokens < below);
  }
  return { codes, values: sizeClasses.map(({ name }) => [name]) };
}

const hourMs = 3_600_000;

/** `count` steps of `stepMs` since 1970, over and over; the last code is an unknown time. */
function byTime(
  columns: RecordColumns,
  count: number,
  stepMs: number,
  nameOf: (step: number) => string,
): Dimension {
  const time: Column = columns.column('time.at');
  const codes = new Uint8Array(columns.length).fill(count);
  if (time.kind === 'number')
    for (let row = 0; row < codes.length; row += 1) {
      const step = Math.floor((time.values[row] as number) / stepMs) % count;
      if (step >= 0) codes[row] = step;
    }
  return { codes, values: [...Array.from({ length: count }, (_, step) => [nameOf(step)]), ['']] };
}
