import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import { readColumns } from '../../store/duckdb/read-columns.ts';
import { quoteText } from './column-types.ts';
import { isParquet, RecordFileError, readRecordFile } from './read-record-file.ts';

/** Parts of a record file, one after the other in order of time, none of it all in memory. */
export interface RecordParts {
  readonly rows: number;
  /** The `nth` part. */
  readonly read: (nth: number) => Promise<RecordColumns>;
  readonly count: number;
  readonly close: () => void;
}

/** Rows a part: their columns take about 50 MB. */
export const partRows = 100_000;

/**
 * Opens a Parquet record file for reading in parts of about equal size, cut between two moments; rows without a time are
 * in the last. JSON lines are read whole: they have no order that could be looked up.
 *
 * @throws {RecordFileError} as `readRecordFile`.
 */
export async function openRecordParts(path: string, rowsAPart = partRows): Promise<RecordParts> {
  if (!(await isParquet(path).catch(() => false))) return onePart(await readRecordFile(path));
  const scratch = join(tmpdir(), `waybill-parts-${process.pid}`);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '300MB',
    temp_directory: scratch,
    threads: '2',
  });
  const connection = await instance.connect();
  const close = () => {
    connection.closeSync();
    instance.closeSync();
    void rm(scratch, { recursive: true, force: true });
  };
  try {
    const file = `read_parquet(${quoteText(path)})`;
    const { rows, isTimed } = await measure(connection, file, path);
    const count = Math.max(1, Math.ceil(rows / rowsAPart));
    const conditions = isTimed ? await timeCuts(connection, file, count) : [''];
    return {
      rows,
      count: conditions.length,
      read: (nth) => readColumns(connection, `SELECT * FROM ${file} ${conditions[nth] ?? ''}`),
      close,
    };
  } catch (error) {
    close();
    if (error instanceof RecordFileError) throw error;
    throw new RecordFileError(`${path}: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

/** Rows of a Parquet record file; 0 where it is none, or cannot be read. */
export async function countRecords(path: string): Promise<number> {
  if (!(await isParquet(path).catch(() => false))) return 0;
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const counted = await connection.runAndReadAll(`SELECT count(*) FROM read_parquet(${quoteText(path)})`);
    return Number(counted.getRows()[0]?.[0] ?? 0);
  } catch {
    return 0;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function onePart(columns: RecordColumns): RecordParts {
  return { rows: columns.length, count: 1, read: async () => columns, close: () => undefined };
}

async function measure(
  connection: DuckDBConnection,
  file: string,
  path: string,
): Promise<{ readonly rows: number; readonly isTimed: boolean }> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${file}`);
  const names = new Set(described.getRowObjects().map((row) => String(row.column_name)));
  if (!names.has('id') && !names.has('time.at') && !names.has('usage.input_tokens'))
    throw new RecordFileError(
      `${path} has none of the columns of request records; it has ${[...names].slice(0, 8).join(', ')}. To read another log, import it first.`,
    );
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${file}`);
  return { rows: Number(counted.getRows()[0]?.[0] ?? 0), isTimed: names.has('time.at') };
}

/** Conditions that cut a file into parts of about equal size. Moments at which many rows stand are in one part. */
async function timeCuts(
  connection: DuckDBConnection,
  file: string,
  count: number,
): Promise<readonly string[]> {
  if (count === 1) return [''];
  const shares = Array.from({ length: count - 1 }, (_, cut) => (cut + 1) / count);
  const asked = await connection.runAndReadAll(
    `SELECT unnest(approx_quantile("time.at", [${shares.join(', ')}])) FROM ${file}`,
  );
  const cuts = [...new Set(asked.getRows().map(([value]) => Math.trunc(Number(value))))].sort(
    (left, right) => left - right,
  );
  return [Number.NEGATIVE_INFINITY, ...cuts].map((from, index) => {
    const to = cuts[index];
    const low = Number.isFinite(from) ? `"time.at" >= ${from}` : 'true';
    return to === undefined ? `WHERE (${low}) OR "time.at" IS NULL` : `WHERE ${low} AND "time.at" < ${to}`;
  });
}
