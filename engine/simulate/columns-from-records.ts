import { canonicalJson } from '../policy/index.ts';
import { type RequestRecord, recordColumns, type SignalValue, type ValueType } from '../signals/index.ts';
import type { CodedColumn, Column, RecordColumns } from './columns.ts';
import { hashColumns } from './content-hash.ts';

/** Request records → columns, in order of time (rows without a time last; equal times keep their order). */
export function columnsFromRecords(records: readonly RequestRecord[]): RecordColumns {
  const ordered = inOrderOfTime(records);
  const built = new Map<string, Column>();
  for (const { name, valueType } of recordColumns) built.set(name, buildColumn(ordered, name, valueType));
  return recordColumnsOf(records.length, (name) => {
    const column = built.get(name);
    if (column === undefined) throw new Error(`Request records have no column "${name}".`);
    return column;
  });
}

/** Columns from wherever they lie, with their hash worked out when it is first asked for. */
export function recordColumnsOf(
  length: number,
  column: (name: keyof RequestRecord) => Column,
): RecordColumns {
  let hash: string | undefined;
  return {
    length,
    column,
    get hash() {
      hash ??= hashColumns(length, column);
      return hash;
    },
  };
}

function inOrderOfTime(records: readonly RequestRecord[]): readonly RequestRecord[] {
  const timeOf = (record: RequestRecord) => record['time.at'] ?? Number.POSITIVE_INFINITY;
  const sorted = records.every(
    (record, row) => row === 0 || timeOf(records[row - 1] as RequestRecord) <= timeOf(record),
  );
  return sorted ? records : records.toSorted((left, right) => compare(timeOf(left), timeOf(right)));
}

function compare(left: number, right: number): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

function buildColumn(
  records: readonly RequestRecord[],
  name: keyof RequestRecord,
  valueType: ValueType,
): Column {
  switch (valueType) {
    case 'int':
    case 'double':
      return { kind: 'number', values: Float64Array.from(records, (record) => numberOf(record[name])) };
    case 'bool':
      return { kind: 'bool', values: Uint8Array.from(records, (record) => truthOf(record[name])) };
    case 'string':
    case 'string_list':
    case 'string_map':
    case 'double_map':
      return encodeValues(records.length, (row) => records[row]?.[name] ?? null);
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function truthOf(value: unknown): number {
  return typeof value === 'boolean' ? Number(value) : 2;
}

/** Gives each distinct value a code in order of first appearance; code 0 is unknown. */
export function encodeValues(length: number, valueAt: (row: number) => SignalValue | null): CodedColumn {
  const dictionary: (SignalValue | null)[] = [null];
  const known = new Map<string, number>();
  const codes = new Uint32Array(length);
  for (let row = 0; row < length; row += 1) {
    const value = valueAt(row);
    if (value === null) continue;
    const key = typeof value === 'object' ? keyOf(value) : String(value);
    let code = known.get(key);
    if (code === undefined) {
      code = dictionary.push(value) - 1;
      known.set(key, code);
    }
    codes[row] = code;
  }
  return { kind: 'coded', codes: narrow(codes, dictionary.length), dictionary };
}

/** Lists and maps that many rows share, such as the health of targets, are written once. */
const keys = new WeakMap<object, string>();

function keyOf(value: object): string {
  let key = keys.get(value);
  if (key === undefined) {
    key = canonicalJson(value);
    keys.set(value, key);
  }
  return key;
}

/** The smallest array that holds codes below `size`. */
export function narrow(codes: Uint32Array, size: number): Uint8Array | Uint16Array | Uint32Array {
  if (size <= 0x100) return Uint8Array.from(codes);
  return size <= 0x1_0000 ? Uint16Array.from(codes) : codes;
}
