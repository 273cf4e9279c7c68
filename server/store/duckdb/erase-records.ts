import type { DuckDBConnection } from '@duckdb/node-api';
import { agingColumns, emptiedColumns, type HeldRecords, newPepper } from '../erasure.ts';
import { quoteName, quoteText } from './records-table.ts';

export async function heldOf(connection: DuckDBConnection, key: string): Promise<HeldRecords> {
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE, min("time.at")::DOUBLE, max("time.at")::DOUBLE,
      count(*) FILTER (coalesce("caller.user", '') <> '')::DOUBLE,
      count(*) FILTER (coalesce("request.metadata", '{}') <> '{}')::DOUBLE
    FROM records WHERE "caller.key" = ${quoteText(key)}`,
  );
  const [records, from, to, withUser, withMetadata] = reader.getRows()[0] ?? [];
  const at = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    records: Number(records ?? 0),
    from: at(from),
    to: at(to),
    withUser: Number(withUser ?? 0),
    withMetadata: Number(withMetadata ?? 0),
  };
}

/** Takes out of a key's records who and what they were about. What they cost stays. Answers how many there are. */
export async function forgetKey(connection: DuckDBConnection, key: string): Promise<number> {
  const of = `WHERE "caller.key" = ${quoteText(key)}`;
  const empty = {
    'caller.user': `''`,
    'request.metadata': `'{}'`,
    'session.prefix': `''`,
    'session.prefix_hashes': `'[]'`,
  };
  const set = emptiedColumns.map((name) => `${quoteName(name)} = ${empty[name]}`);
  const pseudonym = `left(md5("session.id" || ${quoteText(newPepper())}), 16)`;
  const { records } = await heldOf(connection, key);
  await connection.run(`UPDATE records SET ${set.join(', ')}, "session.id" = ${pseudonym} ${of}`);
  await connection.run(`UPDATE spend_lines SET "user" = '' WHERE "key" = ${quoteText(key)}`);
  await connection.run('CHECKPOINT');
  return records;
}

/** Empties everything but what was spent of records that came before a time, ms since 1970. Answers how many were. */
export async function stripBefore(
  connection: DuckDBConnection,
  before: number,
  whose: 'all' | 'zero',
): Promise<number> {
  const zero = whose === 'zero' ? ` AND "caller.retention" = 'zero'` : '';
  const old = `WHERE "time.at" < ${Math.floor(before)} AND "session.id" IS NOT NULL${zero}`;
  const reader = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM records ${old}`);
  const records = Number(reader.getRows()[0]?.[0] ?? 0);
  if (records === 0) return 0;
  const set = agingColumns.map(({ name }) => `${quoteName(name)} = NULL`);
  const lines = `came_at < ${Math.floor(before)} AND id IN (SELECT id FROM records ${old})`;
  await connection.run(`UPDATE spend_lines SET "user" = '' WHERE ${lines}`);
  await connection.run(`UPDATE records SET ${set.join(', ')} ${old}`);
  await connection.run('CHECKPOINT');
  return records;
}
