import type { Pool } from 'pg';
import { agingColumns, emptiedColumns, type HeldRecords, newPepper } from '../erasure.ts';
import { quoteName } from './record-tables.ts';
import { inTransaction } from './with-client.ts';

/** What is held of a key. */
export async function heldOf(pool: Pool, key: string): Promise<HeldRecords> {
  const { rows } = await pool.query<{ [N in keyof HeldRecords]: number | null }>(
    `SELECT count(*)::double precision AS records,
      min("time.at")::double precision AS "from", max("time.at")::double precision AS "to",
      (count(*) FILTER (WHERE coalesce("caller.user", '') <> ''))::double precision AS "withUser",
      (count(*) FILTER (WHERE coalesce("request.metadata", '{}') <> '{}'))::double precision AS "withMetadata"
    FROM waybill_records WHERE "caller.key" = $1`,
    [key],
  );
  const { records, from, to, withUser, withMetadata } = rows[0] ?? {};
  return {
    records: records ?? 0,
    from: from ?? null,
    to: to ?? null,
    withUser: withUser ?? 0,
    withMetadata: withMetadata ?? 0,
  };
}

const empty: { readonly [N in (typeof emptiedColumns)[number]]: string } = {
  'caller.user': `''`,
  'request.metadata': `'{}'`,
  'session.prefix': `''`,
  'session.prefix_hashes': `'[]'`,
};

/** Takes out of a key's records who and what they were about. What they cost stays. Answers how many there are. */
export function forgetKey(pool: Pool, key: string): Promise<number> {
  const set = emptiedColumns.map((name) => `${quoteName(name)} = ${empty[name]}`);
  return inTransaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `UPDATE waybill_records SET ${set.join(', ')}, "session.id" = left(md5("session.id" || $2), 16)
       WHERE "caller.key" = $1`,
      [key, newPepper()],
    );
    await client.query(`UPDATE waybill_spend SET "user" = '' WHERE key = $1`, [key]);
    return rowCount ?? 0;
  });
}

/** Empties everything but what was spent of records that came before a time, ms since 1970. Answers how many were. */
export function stripBefore(pool: Pool, before: number, whose: 'all' | 'zero' = 'all'): Promise<number> {
  const zero = whose === 'zero' ? ` AND "caller.retention" = 'zero'` : '';
  const old = `came_at < $1 AND "session.id" IS NOT NULL${zero}`;
  const set = agingColumns.map(({ name }) => `${quoteName(name)} = NULL`);
  return inTransaction(pool, async (client) => {
    await client.query(
      `UPDATE waybill_spend SET "user" = '' WHERE came_at < $1 AND "user" <> ''
       AND id IN (SELECT id FROM waybill_records WHERE ${old})`,
      [Math.floor(before)],
    );
    const { rowCount } = await client.query(`UPDATE waybill_records SET ${set.join(', ')} WHERE ${old}`, [
      Math.floor(before),
    ]);
    return rowCount ?? 0;
  });
}
