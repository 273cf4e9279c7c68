import type { RequestRecord } from '../signals/index.ts';
import { type CodedColumn, type Column, codedOf, type RecordColumns } from './columns.ts';
import { recordColumnsOf } from './columns-from-records.ts';
import { mixText } from './content-hash.ts';

/**
 * About this share (0–1) of the records, whole sessions of it; records without a session one by one, by their id. The same
 * records give the same sample.
 */
export function sampleRows(columns: RecordColumns, share: number): RecordColumns {
  const session = codedOf(columns.column('session.id'), columns.length);
  const id = codedOf(columns.column('id'), columns.length);
  const [bySession, byId] = [session, id].map(({ dictionary }) => Uint8Array.from(dictionary, isIn(share)));
  const none = (value: unknown) => value === null || value === '';
  const rows: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const code = session.codes[row] ?? 0;
    const isKept = none(session.dictionary[code]) ? byId?.[id.codes[row] ?? 0] : bySession?.[code];
    if (isKept === 1) rows.push(row);
  }
  return takeRows(columns, rows);
}

function isIn(share: number): (value: unknown) => number {
  return (value) => Number((mixText(0x2545f491, String(value ?? '')) >>> 0) / 2 ** 32 < share);
}

/** Some rows of a record set, in their order. */
export function takeRows(columns: RecordColumns, rows: readonly number[]): RecordColumns {
  const taken = new Map<keyof RequestRecord, Column>();
  return recordColumnsOf(rows.length, (name) => {
    const column = taken.get(name) ?? takeOf(columns.column(name), rows);
    taken.set(name, column);
    return column;
  });
}

function takeOf(column: Column, rows: readonly number[]): Column {
  switch (column.kind) {
    case 'number':
      return { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
    case 'bool':
      return { kind: 'bool', values: Uint8Array.from(rows, (row) => column.values[row] ?? 2) };
    case 'coded':
      return { kind: 'coded', codes: codesOf(column.codes, rows), dictionary: column.dictionary };
  }
}

function codesOf(codes: CodedColumn['codes'], rows: readonly number[]): CodedColumn['codes'] {
  if (codes instanceof Uint8Array) return Uint8Array.from(rows, (row) => codes[row] ?? 0);
  return codes instanceof Uint16Array
    ? Uint16Array.from(rows, (row) => codes[row] ?? 0)
    : Uint32Array.from(rows, (row) => codes[row] ?? 0);
}
