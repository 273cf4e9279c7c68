import { type SignalName, type Signals, type SignalValue, signalRegistry, slotOf } from '../signals/index.ts';
import type { Column, RecordColumns } from './columns.ts';

/** The signals of one row, as the engine saw them. */
export function signalsAt(columns: RecordColumns, row: number): Signals {
  const values = signalRegistry.map(({ name }) => valueAt(columns.column(name), row));
  return values as readonly (SignalValue | null)[] as Signals;
}

/**
 * A view that walks over rows and fills only the named signals; everything else reads as unknown. The same array is
 * handed out for every row, so nobody may keep it.
 */
export function signalsCursor(
  columns: RecordColumns,
  names: readonly SignalName[],
): (row: number) => Signals {
  const values: (SignalValue | null)[] = signalRegistry.map(() => null);
  const read = names.map((name) => ({ slot: slotOf(name), column: columns.column(name) }));
  return (row) => {
    for (const { slot, column } of read) values[slot] = valueAt(column, row);
    return values as readonly (SignalValue | null)[] as Signals;
  };
}

/** The value of a column in one row; `null` when unknown. */
export function valueAt(column: Column, row: number): SignalValue | null {
  switch (column.kind) {
    case 'number': {
      const value = column.values[row];
      return value === undefined || Number.isNaN(value) ? null : value;
    }
    case 'bool': {
      const value = column.values[row];
      return value === undefined || value === 2 ? null : value === 1;
    }
    case 'coded':
      return column.dictionary[column.codes[row] ?? 0] ?? null;
  }
}
