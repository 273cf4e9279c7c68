import type { Column, RecordColumns } from '../columns.ts';
import { recordColumnsOf } from '../columns-from-records.ts';

/** Some rows of a record set, in their order, as a record set of their own. */
export function pickRows(columns: RecordColumns, rows: Int32Array): RecordColumns {
  const picked = new Map<string, Column>();
  return recordColumnsOf(rows.length, (name) => {
    const column = picked.get(name) ?? pickColumn(columns.column(name), rows);
    picked.set(name, column);
    return column;
  });
}

function pickColumn(column: Column, rows: Int32Array): Column {
  switch (column.kind) {
    case 'number':
      return { kind: 'number', values: Float64Array.from(rows, (row) => column.values[row] as number) };
    case 'bool':
      return { kind: 'bool', values: Uint8Array.from(rows, (row) => column.values[row] as number) };
    case 'coded': {
      const codes = column.codes.slice(0, rows.length);
      for (const [at, row] of rows.entries()) codes[at] = column.codes[row] as number;
      return { kind: 'coded', codes, dictionary: column.dictionary };
    }
  }
}
