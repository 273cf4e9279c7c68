import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { Window } from '../record-log.ts';
import { countColumns, measuresIn, type TokenColumns, tokenValues } from '../usage/measure-columns.ts';
import { dayBefore, type Rollup, rollupMs } from '../usage/rollup.ts';
import { quoteName, rowsJson } from './record-tables.ts';
import { inTransaction } from './with-client.ts';

const dayMs = 86_400_000;
/** What the tables of spend call the token classes. */
export const tokenColumns: TokenColumns = {
  input: 'input',
  cacheRead: 'cache_read',
  cacheWrite: 'cache_write',
  output: 'output',
  reasoning: 'reasoning',
  media: 'media',
};
/** Columns of spend that add up. */
export const counts: readonly string[] = [...countColumns, ...Object.values(tokenColumns)];
const keys =
  'team, project, key, tags, model, provider, task, difficulty, policy, version, purpose, origin' as const;
const rest = 'cost % greatest(cardinality(tags), 1)';

/** A reader that keeps a day busy is waited for so often, and so long each time. */
const attempts = 5;
const pauseMs = 200;

/**
 * Drops the partitions of whole UTC days before a time, ms since 1970; sums of what they spent stay. A day goes whole or not at
 * all, and one gateway of a fleet does it at a time: the others answer 0. Answers how many records were removed.
 *
 * @throws {DatabaseError} when a day stays in use; those before it are gone.
 */
export async function retireBefore(pool: Pool, before: number): Promise<number> {
  let removed = 0;
  for (const day of await daysBefore(pool, dayBefore(before))) removed += await patiently(pool, day);
  return removed;
}

/** Days with partitions, as they are named, oldest first. */
async function daysBefore(pool: Pool, end: number): Promise<readonly string[]> {
  const { rows } = await pool.query<{ day: string }>(
    `SELECT DISTINCT right(c.relname, 8) AS day FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     JOIN pg_class p ON p.oid = i.inhparent WHERE p.relname IN ('waybill_records', 'waybill_spend') ORDER BY day`,
  );
  return rows.map(({ day }) => day).filter((day) => endOf(day) <= end);
}

/** `20261122` → the end of that day, ms since 1970. */
function endOf(day: string): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6))) + dayMs;
}

async function patiently(pool: Pool, day: string): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(pool, (client) => retireDay(client, day));
    } catch (cause) {
      // 55P03: a lock was not had in time. 40P01: a deadlock was broken.
      const isBusy = cause instanceof DatabaseError && (cause.code === '55P03' || cause.code === '40P01');
      if (!isBusy || attempt === attempts) throw cause;
      await pause(pauseMs);
    }
  }
}

async function retireDay(client: PoolClient, day: string): Promise<number> {
  const { rows: locks } = await client.query<{ ours: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtext('waybill retention')) AS ours`,
  );
  if (locks[0]?.ours !== true) return 0;
  const [records, spend] = [quoteName(`waybill_records_${day}`), quoteName(`waybill_spend_${day}`)];
  const { rows: present } = await client.query<{ both: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AND to_regclass($2) IS NOT NULL AS both',
    [records, spend],
  );
  if (present[0]?.both !== true) return 0;
  // Dropping needs the whole table for a moment: whoever waits for it then waits no longer than this.
  await client.query(`SET LOCAL lock_timeout = '2s'`);
  // Readers go on while the day is summed up; a straggler that wants to write waits.
  await client.query(`LOCK TABLE ${records}, ${spend} IN SHARE ROW EXCLUSIVE MODE`);
  await client.query(
    `INSERT INTO waybill_rollups (came_at, ${keys}, rest, priced, ${counts.join(', ')})
     SELECT came_at / ${rollupMs} * ${rollupMs}, ${keys}, ${rest}, sum(calls_priced),
       ${counts.map((name) => `sum(${name})`).join(', ')}
     FROM (SELECT *, CASE WHEN unpriced = 0 THEN 1 ELSE 0 END AS calls_priced FROM ${spend}) AS lines
     GROUP BY came_at / ${rollupMs}, ${keys}, ${rest}`,
  );
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::double precision AS count FROM ${records}`,
  );
  await client.query(`DROP TABLE ${records}, ${spend}`);
  return rows[0]?.count ?? 0;
}

/**
 * Spend lines and the sums that removed ones left, alike: `rest` is what a cost leaves when it is shared among tags. Both sides
 * have the same types, without which PostgreSQL would work out every column of every row.
 */
export const allSpend = `(
  SELECT came_at, id, "user", ${keys}, ${counts.map((name) => `${name}::bigint AS ${name}`).join(', ')},
    ${rest} AS rest, 1::bigint AS priced FROM waybill_spend
  UNION ALL
  SELECT came_at, ''::text, ''::text, ${keys}, ${counts.join(', ')}, rest::bigint, priced FROM waybill_rollups) AS spend`;

/** What removed records of a window spent. */
export async function readRollups(pool: Pool, { from, to }: Window): Promise<readonly Rollup[]> {
  const { rows } = await pool.query(
    `SELECT team, project, key, tags, model, task, difficulty, policy, version, purpose, origin,
       ${['came_at', 'rest', 'priced', ...counts].map((name) => `${name}::double precision AS ${name}`).join(', ')}
     FROM waybill_rollups WHERE came_at >= $1 AND came_at < $2`,
    [Math.floor(from), Math.floor(to)],
  );
  return rows.map(
    (row): Rollup => ({
      at: row.came_at,
      team: row.team,
      project: row.project,
      key: row.key,
      tags: row.tags,
      model: row.model,
      task: row.task,
      difficulty: row.difficulty,
      policy: row.policy,
      version: Number(row.version.slice(row.version.lastIndexOf('@') + 1)),
      purpose: row.purpose,
      origin: row.origin,
      rest: row.rest,
      priced: row.priced,
      measures: measuresIn(row, tokenColumns),
    }),
  );
}

/** Writes sums of another log, all or none. */
export async function writeRollups(pool: Pool, rollups: readonly Rollup[]): Promise<void> {
  const rows = rollups.map(({ at, tags, model, policy, version, measures, ...others }) => {
    const { tokens, costNanoUsd, ...counted } = measures;
    return {
      ...others,
      came_at: at,
      tags,
      model,
      provider: model.split('/')[0] ?? '',
      policy,
      version: policy === '' ? '' : `${policy}@${version}`,
      cost: costNanoUsd,
      ...counted,
      ...tokenValues(tokens, tokenColumns),
    };
  });
  await inTransaction(pool, async (client) => {
    for (let first = 0; first < rows.length; first += 1_000)
      await client.query(
        'INSERT INTO waybill_rollups SELECT * FROM json_populate_recordset(null::waybill_rollups, $1::json)',
        [rowsJson(rows.slice(first, first + 1_000))],
      );
  });
}
