import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import type { RequestRecord } from '#engine/signals/index.ts';
import { jsonColumns, parquetTypes, quoteText } from './column-types.ts';

/** Some columns of a record; those left out are unknown. */
export type RecordRow = { readonly [N in keyof RequestRecord]?: RequestRecord[N] | null };

/** Writes a record file row by row, whatever its size. Nothing stands under its name until it is closed. */
export interface RecordFileWriter {
  write(row: RecordRow): Promise<void>;
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/** Whether a file name ends in one of the two forms of a record file. */
export function isRecordFileName(path: string): boolean {
  return /\.(parquet|jsonl|ndjson)$/i.test(path);
}

/** Opens a record file for writing: Parquet (Zstandard) or JSON lines, by its name. */
export function openRecordFile(path: string): RecordFileWriter {
  const isParquet = /\.parquet$/i.test(path);
  const lines = `${path}.partial.ndjson`;
  const stream = createWriteStream(lines);
  // An error is met where the next write or the end waits for the stream.
  stream.on('error', () => {});
  return {
    write: async (row) => {
      if (stream.errored !== null) throw stream.errored;
      if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
    },
    close: async () => {
      await ended(stream);
      if (isParquet) await toParquet(lines, path);
      else await rename(lines, path);
    },
    abandon: async () => {
      stream.destroy();
      if (!stream.closed) await once(stream, 'close');
      await rm(lines, { force: true });
    },
  };
}

/** Writes a whole record file. */
export async function writeRecordFile(
  path: string,
  rows: Iterable<RecordRow> | AsyncIterable<RecordRow>,
): Promise<void> {
  const writer = openRecordFile(path);
  try {
    for await (const row of rows) await writer.write(row);
    await writer.close();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

async function ended(stream: WriteStream): Promise<void> {
  if (stream.errored !== null) throw stream.errored;
  stream.end();
  await once(stream, 'close');
  if (stream.errored !== null) throw stream.errored;
}

async function toParquet(lines: string, path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const partial = `${path}.partial`;
  try {
    const columns = jsonColumns((valueType) => parquetTypes[valueType]);
    const source = `read_json(${quoteText(lines)}, format = 'newline_delimited', columns = ${columns})`;
    await connection.run(
      `COPY (SELECT * FROM ${source}) TO ${quoteText(partial)} (FORMAT parquet, COMPRESSION zstd)`,
    );
    await rename(partial, path);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(partial, { force: true });
    await rm(lines, { force: true });
  }
}
