import { access, open } from 'node:fs/promises';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { type RecordColumn, recordColumns, type ValueType } from '#engine/signals/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import { ColumnTypeError } from '../../store/duckdb/plan-columns.ts';
import { type ReadProgress, readColumns } from '../../store/duckdb/read-columns.ts';
import { jsonColumns, quoteName, quoteText } from './column-types.ts';

/** A record file cannot be read. The message says which, and what would be right. */
export class RecordFileError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'RecordFileError';
  }
}

/**
 * Reads a record file, Parquet or JSON lines (told apart by what is in it), into columns in order of time. Columns that
 * the file does not have are unknown.
 *
 * @throws {RecordFileError} when there is no such file, or a column is of the wrong type.
 */
export async function readRecordFile(path: string, onProgress?: ReadProgress): Promise<RecordColumns> {
  await requireFile(path);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const sql = (await isParquet(path)) ? parquetSql(path) : await loadJsonLines(connection, path);
    await requireSomeColumn(connection, sql, path);
    return await readColumns(connection, sql, onProgress);
  } catch (error) {
    if (error instanceof RecordFileError) throw error;
    const what = error instanceof Error ? error.message : String(error);
    throw new RecordFileError(`${path}: ${what}`, error);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function parquetSql(path: string): string {
  return `SELECT * FROM read_parquet(${quoteText(path)})`;
}

async function requireFile(path: string): Promise<void> {
  try {
    await access(path);
  } catch (error) {
    throw new RecordFileError(`There is no file ${path} that can be read.`, error);
  }
}

/** Parquet files begin with the letters PAR1. */
export async function isParquet(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PAR1';
  } finally {
    await file.close();
  }
}

async function requireSomeColumn(connection: DuckDBConnection, sql: string, path: string): Promise<void> {
  const described = await connection.runAndReadAll(`DESCRIBE ${sql}`);
  const names = new Set(described.getRowObjects().map((row) => String(row.column_name)));
  if (recordColumns.some(({ name }) => names.has(name))) return;
  throw new RecordFileError(
    `${path} has none of the columns of request records; it has ${[...names].slice(0, 8).join(', ')}. To read another log, import it first.`,
  );
}

/** JSON's own types that a column may hold, and the SQL that turns them into the column's type. */
const fromJson: Readonly<
  Record<
    ValueType,
    { readonly types: readonly string[]; readonly wanted: string; readonly sql: (name: string) => string }
  >
> = {
  int: {
    types: ['UBIGINT', 'BIGINT', 'DOUBLE'],
    wanted: 'whole numbers',
    sql: (name) => `(${name}->>'$')::DOUBLE`,
  },
  double: {
    types: ['UBIGINT', 'BIGINT', 'DOUBLE'],
    wanted: 'numbers',
    sql: (name) => `(${name}->>'$')::DOUBLE`,
  },
  bool: { types: ['BOOLEAN'], wanted: 'true or false', sql: (name) => `(${name}->>'$')::BOOLEAN` },
  string: { types: ['VARCHAR'], wanted: 'texts', sql: (name) => `${name}->>'$'` },
  string_list: { types: ['ARRAY'], wanted: 'lists of texts', sql: (name) => `${name}::VARCHAR` },
  string_map: { types: ['OBJECT'], wanted: 'maps of texts to texts', sql: (name) => `${name}::VARCHAR` },
  double_map: { types: ['OBJECT'], wanted: 'maps of texts to numbers', sql: (name) => `${name}::VARCHAR` },
};

/** Parses JSON lines once, checks every value's type, and answers SQL over them. */
async function loadJsonLines(connection: DuckDBConnection, path: string): Promise<string> {
  const columns = jsonColumns(() => 'JSON');
  const cleaned = recordColumns.map(({ name }) => {
    const quoted = quoteName(name);
    return `CASE WHEN json_type(${quoted}) = 'NULL' THEN NULL ELSE ${quoted} END AS ${quoted}`;
  });
  await connection.run(
    `CREATE TEMP TABLE lines AS SELECT ${cleaned.join(', ')}
      FROM read_json(${quoteText(path)}, format = 'newline_delimited', columns = ${columns})`,
  );
  await requireJsonTypes(connection);
  const selected = recordColumns.map(
    ({ name, valueType }) => `${fromJson[valueType].sql(quoteName(name))} AS ${quoteName(name)}`,
  );
  return `SELECT ${selected.join(', ')} FROM lines`;
}

async function requireJsonTypes(connection: DuckDBConnection): Promise<void> {
  const counts = recordColumns.map(
    (column, index) => `count(*) FILTER (WHERE ${isWrong(column)}) AS w${index}`,
  );
  const reader = await connection.runAndReadAll(`SELECT ${counts.join(', ')} FROM lines`);
  const found = reader.getRowObjects()[0] ?? {};
  const column = recordColumns.find((_, index) => Number(found[`w${index}`]) > 0);
  if (column === undefined) return;
  const first = await connection.runAndReadAll(
    `SELECT rowid + 1, ${quoteName(column.name)}::VARCHAR FROM lines WHERE ${isWrong(column)} ORDER BY rowid LIMIT 1`,
  );
  const [row, value] = first.getRows()[0] ?? [];
  throw new ColumnTypeError(
    column.name,
    `Column "${column.name}" holds ${String(value)} in record ${String(row)}; it must hold ${fromJson[column.valueType].wanted}.`,
  );
}

function isWrong({ name, valueType }: RecordColumn): string {
  const types = fromJson[valueType].types.map(quoteText).join(', ');
  return `json_type(${quoteName(name)}) NOT IN (${types})`;
}
