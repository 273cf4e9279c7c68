import { recordColumns, type SignalValue } from '#engine/signals/index.ts';
import type { CodedColumn, Column, RecordColumns } from '#engine/simulate/columns.ts';
import { recordColumnsOf } from '#engine/simulate/columns-from-records.ts';

/** A column between threads: a dictionary is JSON in UTF-8, so that it changes hands like the numbers, uncopied. */
export type PackedColumn =
  | Exclude<Column, CodedColumn>
  | { readonly kind: 'coded'; readonly codes: CodedColumn['codes']; readonly dictionary: Uint8Array };

/** Record columns as plain buffers. */
export interface PackedColumns {
  readonly length: number;
  readonly columns: Readonly<Record<string, PackedColumn>>;
}

/** What {@link openColumns} made is packed already. */
const packs = new WeakMap<RecordColumns, PackedColumns>();

/** Columns as buffers, to be handed to another thread; the columns must not be used here after that. */
export function packColumns(columns: RecordColumns): PackedColumns {
  const known = packs.get(columns);
  if (known !== undefined) return known;
  const packed = recordColumns.map(({ name }) => [name, packColumn(columns.column(name))] as const);
  return { length: columns.length, columns: Object.fromEntries(packed) };
}

function packColumn(column: Column): PackedColumn {
  if (column.kind !== 'coded') return column;
  // A fresh buffer of its own: `encode` may answer a view of a larger one, which could not be handed over.
  const dictionary = new TextEncoder().encode(JSON.stringify(column.dictionary)).slice();
  return { kind: 'coded', codes: column.codes, dictionary };
}

/** Packed columns as the simulator reads them. A dictionary is read when its column is first asked for. */
export function openColumns(packed: PackedColumns): RecordColumns {
  const opened = new Map<string, Column>();
  const columns = recordColumnsOf(packed.length, (name) => {
    let column = opened.get(name);
    if (column === undefined) {
      column = openColumn(packed, name);
      opened.set(name, column);
    }
    return column;
  });
  packs.set(columns, packed);
  return columns;
}

function openColumn(packed: PackedColumns, name: string): Column {
  const column = packed.columns[name];
  if (column === undefined) throw new Error(`Request records have no column "${name}".`);
  if (column.kind !== 'coded') return column;
  const dictionary: (SignalValue | null)[] = JSON.parse(new TextDecoder().decode(column.dictionary));
  return { kind: 'coded', codes: column.codes, dictionary };
}
