import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { type RequestRecord, recordColumns } from '#engine/signals/index.ts';
import type { Column, RecordColumns } from '#engine/simulate/columns.ts';
import { recordColumnsOf } from '#engine/simulate/columns-from-records.ts';
import { type ColumnReader, isTextPlan, isVectorPlan, makeReader, unknownColumn } from './column-reader.ts';
import { planColumns } from './plan-columns.ts';
import { readTexts } from './read-texts.ts';
import { inOrderOfTime } from './sort-columns.ts';

/** Rows read so far, and how many there are. */
export type ReadProgress = (rows: number, total: number) => void;

/**
 * Reads the record columns that a statement selects (named as `recordColumns` names them) into typed arrays, in
 * order of time; rows of one time keep the statement's order, rows without a time come last. Record columns that are
 * not selected are all unknown; selected columns of other names are not read. Reads a snapshot: the connection must
 * not be inside a transaction.
 *
 * @throws {ColumnTypeError} naming the column whose values are of the wrong type.
 */
export async function readColumns(
  connection: DuckDBConnection,
  sql: string,
  onProgress: ReadProgress = () => {},
): Promise<RecordColumns> {
  await connection.run('BEGIN TRANSACTION');
  try {
    const { rows, plans } = await planColumns(connection, sql);
    const vectors = plans.filter(isVectorPlan);
    const readers = vectors.map((plan) => makeReader(plan, rows));
    const expressions = vectors.length === 0 ? '1' : vectors.map((plan) => plan.expression).join(', ');
    const result = await connection.stream(`SELECT ${expressions} FROM (${sql})`);
    await fill(result, readers, rows, onProgress);
    const texts = await readTexts(connection, sql, plans.filter(isTextPlan), rows);
    return assemble(rows, new Map([...readers, ...texts].map((reader) => [reader.name, reader.finish()])));
  } finally {
    await connection.run('ROLLBACK');
  }
}

async function fill(
  result: DuckDBResult,
  readers: readonly ColumnReader[],
  total: number,
  onProgress: ReadProgress,
): Promise<void> {
  let row = 0;
  onProgress(0, total);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    for (const [index, reader] of readers.entries()) {
      reader.take(chunk.getColumnVector(index), row, chunk.rowCount);
    }
    row += chunk.rowCount;
    onProgress(row, total);
  }
}

function assemble(rows: number, read: ReadonlyMap<keyof RequestRecord, Column>): RecordColumns {
  const ordered = inOrderOfTime(read);
  const columns = new Map<string, Column>(
    recordColumns.map(({ name, valueType }) => [name, ordered.get(name) ?? unknownColumn(valueType, rows)]),
  );
  return recordColumnsOf(rows, (name) => {
    const column = columns.get(name);
    if (column === undefined) throw new Error(`Request records have no column "${name}".`);
    return column;
  });
}
