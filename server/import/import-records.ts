import { stat } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { isOfType, type RecordColumn, recordColumns, type ValueType } from '#engine/signals/index.ts';
import { isStoredAsJson } from '../store/duckdb/records-table.ts';
import { RowProblem } from './foreign-request.ts';
import { type ImportReport, Tally } from './import-report.ts';
import { isRow, parseJsonText } from './read-field.ts';
import { readLines } from './read-lines.ts';
import { readRow } from './read-rows.ts';
import { quoteName, quoteText } from './record-file/column-types.ts';
import { isParquet } from './record-file/read-record-file.ts';
import type { RecordRow } from './record-file/write-record-file.ts';

export interface RecordImport {
  readonly path: string;
  readonly write: (row: RecordRow) => Promise<void>;
  /** Bytes of JSON lines, rows of Parquet. */
  readonly onProgress?: (done: number, total: number) => void;
}

const progressEvery = 2_000;

/** Reads a record file, checks every row, and hands it on with the columns of this release. */
export async function importRecords({ path, write, onProgress }: RecordImport): Promise<ImportReport> {
  const tally = new Tally();
  const texts = (await isParquet(path)) ? readParquetRows(path) : readJsonLines(path);
  let seen = 0;
  for await (const { line, text, done, total } of texts) {
    seen += 1;
    if (seen % progressEvery === 0) onProgress?.(done, total);
    if (text.trim() === '') continue;
    const row = readRow(() => readRecord(text, line));
    if (row.kind === 'broken') {
      tally.addBroken({ line, problem: row.problem });
      continue;
    }
    tally.addRecord(row.value['outcome.target'] ?? '');
    await write(row.value);
  }
  return tally.report();
}

interface RowText {
  readonly line: number;
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

async function* readJsonLines(path: string): AsyncGenerator<RowText> {
  const total = (await stat(path)).size;
  for await (const { number, text, bytes } of readLines(path))
    yield { line: number, text, done: bytes, total };
}

/** Rows of Parquet as JSON texts, so that they are checked like any other. */
async function* readParquetRows(path: string): AsyncGenerator<RowText> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const source = `read_parquet(${quoteText(path)})`;
    const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source}`);
    const present = new Set(described.getRowObjects().map((row) => String(row.column_name)));
    const fields = recordColumns
      .filter(({ name }) => present.has(name))
      .map(({ name }) => `${quoteText(name)}: ${quoteName(name)}`);
    if (fields.length === 0) return;
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${source}`);
    const total = Number(counted.getRows()[0]?.[0] ?? 0);
    const result = await connection.stream(`SELECT to_json({${fields.join(', ')}})::VARCHAR FROM ${source}`);
    let line = 0;
    for await (const rows of result.yieldRows()) {
      for (const [text] of rows) {
        line += 1;
        yield { line, text: String(text), done: line, total };
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** One record from JSON: known columns of the right type; a row without an id is named after its line. */
function readRecord(text: string, line: number): RecordRow {
  const value = parseJsonText(text);
  if (!isRow(value)) throw new RowProblem('is no JSON object.');
  const known = recordColumns.flatMap((column) => {
    const read = readColumn(column, value[column.name]);
    return read === null ? [] : [[column.name, read] as const];
  });
  if (known.length === 0) throw new RowProblem('has none of the columns of a request record.');
  return { id: `records-${String(line).padStart(9, '0')}`, ...Object.fromEntries(known) };
}

const wording: Readonly<Record<ValueType, string>> = {
  int: 'a whole number',
  double: 'a number',
  bool: 'true or false',
  string: 'a text',
  string_list: 'a list of texts',
  string_map: 'an object with texts as values',
  double_map: 'an object with numbers as values',
};

function readColumn({ name, valueType }: RecordColumn, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const isJsonText = typeof value === 'string' && isStoredAsJson(valueType);
  const read = isJsonText ? parseJsonText(value) : value;
  if (isOfType(read, valueType)) return read;
  throw new RowProblem(`"${name}" must be ${wording[valueType]}, not ${JSON.stringify(value).slice(0, 60)}.`);
}
