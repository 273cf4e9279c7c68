import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import {
  type RecordColumn,
  type RequestRecord,
  recordColumns,
  type ValueType,
} from '#engine/signals/index.ts';

const sqlTypes: Readonly<Record<ValueType, string>> = {
  int: 'BIGINT',
  double: 'DOUBLE',
  bool: 'BOOLEAN',
  string: 'VARCHAR',
  // As JSON text: the same text in file, table and export.
  string_list: 'VARCHAR',
  string_map: 'VARCHAR',
  double_map: 'VARCHAR',
};

/** Whether values lie in the table as JSON text: lists and maps. */
export function isStoredAsJson(valueType: ValueType): boolean {
  return valueType === 'string_list' || valueType === 'string_map' || valueType === 'double_map';
}

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Makes the table of request records, one column a record column, and adds columns that came with a newer release
 * (unknown for old rows). Beside it the names of imported segments, so that none is imported twice.
 */
export async function prepareRecordsTable(connection: DuckDBConnection): Promise<void> {
  const columns = recordColumns.map((column) => `${quoteName(column.name)} ${sqlTypes[column.valueType]}`);
  await connection.run(`CREATE TABLE IF NOT EXISTS records (${columns.join(', ')})`);
  await connection.run('CREATE TABLE IF NOT EXISTS imported_segments (name VARCHAR PRIMARY KEY)');
  const reader = await connection.runAndReadAll(`SELECT name FROM pragma_table_info('records')`);
  const present = new Set(reader.getRows().map(([name]) => String(name)));
  for (const column of recordColumns) {
    if (present.has(column.name)) continue;
    await connection.run(
      `ALTER TABLE records ADD COLUMN ${quoteName(column.name)} ${sqlTypes[column.valueType]}`,
    );
  }
}

/** The columns of a segment, as `read_json` is told them. Lists and maps are kept as the JSON that stands in the file. */
export const segmentColumns: string = `{${recordColumns
  .map(({ name, valueType }) => {
    const type = isStoredAsJson(valueType) ? 'JSON' : sqlTypes[valueType];
    return `${quoteText(name)}: ${quoteText(type)}`;
  })
  .join(', ')}}`;

/** All record columns for reading rows; whole numbers as doubles, so that they arrive as numbers. */
export const rowColumns: string = recordColumns
  .map(({ name, valueType }) =>
    valueType === 'int' ? `${quoteName(name)}::DOUBLE AS ${quoteName(name)}` : quoteName(name),
  )
  .join(', ');

/** A row as selected by {@link rowColumns} → record. */
export function toRecord(row: Readonly<Record<string, DuckDBValue>>): RequestRecord {
  const record = recordColumns.map((column) => [column.name, readValue(column, row[column.name] ?? null)]);
  return Object.fromEntries(record) as RequestRecord;
}

function readValue({ valueType }: RecordColumn, value: DuckDBValue): unknown {
  return isStoredAsJson(valueType) && typeof value === 'string' ? JSON.parse(value) : value;
}
