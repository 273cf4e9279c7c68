import { createReadStream, existsSync, statSync, unlinkSync } from 'node:fs';
import { basename } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { quoteText, segmentColumns } from './records-table.ts';
import { addSpendLines } from './spend-lines.ts';

/** What an import found: rows taken, and lines that were no record (the last one of a killed process may be cut off). */
export interface Imported {
  readonly rows: number;
  readonly damaged: number;
}

/**
 * Moves a closed segment into the table and deletes it. The segment's name is saved in the same transaction: when a
 * crash leaves the file behind, the next start sees that its rows are in, and only deletes it.
 */
export async function importSegment(connection: DuckDBConnection, path: string): Promise<Imported> {
  if (!existsSync(path)) return { rows: 0, damaged: 0 };
  const name = basename(path);
  const imported = (await isImported(connection, name))
    ? { rows: 0, damaged: 0 }
    : await takeRows(connection, path, name);
  unlinkSync(path);
  await connection.run(`DELETE FROM imported_segments WHERE name = ${quoteText(name)}`);
  return imported;
}

async function isImported(connection: DuckDBConnection, name: string): Promise<boolean> {
  const reader = await connection.runAndReadAll(
    `SELECT 1 FROM imported_segments WHERE name = ${quoteText(name)}`,
  );
  return reader.currentRowCount > 0;
}

async function takeRows(connection: DuckDBConnection, path: string, name: string): Promise<Imported> {
  if (statSync(path).size === 0) return { rows: 0, damaged: 0 };
  const lines = await countLines(path);
  await connection.run('BEGIN TRANSACTION');
  try {
    await connection.run(`INSERT INTO imported_segments VALUES (${quoteText(name)})`);
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE incoming AS SELECT * FROM read_json(${quoteText(path)},
        format = 'newline_delimited', ignore_errors = true, columns = ${segmentColumns}) WHERE id IS NOT NULL`,
    );
    const result = await connection.run('INSERT INTO records BY NAME SELECT * FROM incoming');
    await addSpendLines(connection, 'incoming');
    await connection.run('DROP TABLE incoming');
    await connection.run('COMMIT');
    return { rows: result.rowsChanged, damaged: lines - result.rowsChanged };
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}

/** Lines of a file, a last one without a line feed included. */
async function countLines(path: string): Promise<number> {
  let lines = 0;
  let last = 0x0a;
  for await (const chunk of createReadStream(path)) {
    const bytes: Buffer = chunk;
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines += 1;
    last = bytes.at(-1) ?? last;
  }
  return last === 0x0a ? lines : lines + 1;
}
