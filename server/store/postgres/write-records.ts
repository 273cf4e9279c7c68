import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { type RequestRecord, recordColumns } from '#engine/signals/index.ts';
import { linesOf } from '../memory/usage-in.ts';
import { tokenValues } from '../usage/measure-columns.ts';
import { makePartitions, quoteName, rowsJson } from './record-tables.ts';
import { tokenColumns } from './retire-records.ts';
import { inTransaction } from './with-client.ts';

const names = ['came_at', ...recordColumns.map(({ name }) => name)].map(quoteName).join(', ');

/**
 * Writes records and what they spent, all or none. A record that is there already (a batch whose answer was lost and that
 * comes again) is passed over with its spend.
 */
export async function writeRecords(pool: Pool, records: readonly RequestRecord[]): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await writeOnce(pool, records);
    } catch (cause) {
      if (attempt === attempts || !isDayGone(cause)) throw cause;
    }
  }
}

/** A day may be dropped between the look for its partition and the writing; then it is made anew. */
const attempts = 4;

/** 23514: no partition takes a row. 42P01: it went while it was waited for. 40P01: a deadlock with who drops it was broken. */
function isDayGone(cause: unknown): boolean {
  return cause instanceof DatabaseError && ['23514', '42P01', '40P01'].includes(cause.code ?? '');
}

function writeOnce(pool: Pool, records: readonly RequestRecord[]): Promise<void> {
  return inTransaction(pool, async (client) => {
    const times = records.map((record) => record['time.at'] ?? 0);
    // Partitions are made by one gateway at a time: their names would collide.
    if (await lacksPartition(client, times)) {
      await client.query(`SELECT pg_advisory_xact_lock(hashtext('waybill partitions'))`);
      await makePartitions(client, times);
    }
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO waybill_records (${names})
       SELECT ${names} FROM json_populate_recordset(null::waybill_records, $1::json)
       ON CONFLICT DO NOTHING RETURNING id`,
      [rowsJson(records.map((record) => ({ ...record, came_at: record['time.at'] ?? 0 })))],
    );
    const written = new Set(rows.map(({ id }) => id));
    await writeSpend(
      client,
      records.filter(({ id }) => written.has(id)),
    );
  });
}

async function lacksPartition(client: PoolClient, times: readonly number[]): Promise<boolean> {
  const days = [...new Set(times.map((at) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')))];
  const { rows } = await client.query<{ present: number }>(
    'SELECT count(*)::int AS present FROM pg_class WHERE relname = ANY($1)',
    [days.map((day) => `waybill_spend_${day}`)],
  );
  return (rows[0]?.present ?? 0) < days.length;
}

async function writeSpend(client: PoolClient, records: readonly RequestRecord[]): Promise<void> {
  const rows = records.flatMap((record) =>
    linesOf(record).map(({ values, tags, measures: { tokens, costNanoUsd, ...counts } }) => ({
      came_at: record['time.at'] ?? 0,
      id: record.id,
      ...values,
      tags,
      cost: costNanoUsd,
      ...counts,
      ...tokenValues(tokens, tokenColumns),
    })),
  );
  if (rows.length === 0) return;
  await client.query(
    'INSERT INTO waybill_spend SELECT * FROM json_populate_recordset(null::waybill_spend, $1::json)',
    [rowsJson(rows)],
  );
}
