import { recordColumns, type ValueType } from '#engine/signals/index.ts';

/** Types of a record file's columns in Parquet, in DuckDB's words. */
export const parquetTypes: Readonly<Record<ValueType, string>> = {
  int: 'BIGINT',
  double: 'DOUBLE',
  bool: 'BOOLEAN',
  string: 'VARCHAR',
  string_list: 'VARCHAR[]',
  string_map: 'MAP(VARCHAR, VARCHAR)',
  double_map: 'MAP(VARCHAR, DOUBLE)',
};

/** A name as SQL writes it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The record columns as `read_json` is told them, each of the type that `typeOf` gives. */
export function jsonColumns(typeOf: (valueType: ValueType) => string): string {
  const columns = recordColumns.map(
    ({ name, valueType }) => `${quoteText(name)}: ${quoteText(typeOf(valueType))}`,
  );
  return `{${columns.join(', ')}}`;
}
