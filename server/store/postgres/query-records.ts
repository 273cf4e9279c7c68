import type { Pool } from 'pg';
import type { RequestRecord } from '#engine/signals/index.ts';
import type { RecordColumns } from '#engine/simulate/columns.ts';
import { columnsFromRecords } from '#engine/simulate/columns-from-records.ts';
import { readCursor, writeCursor } from '../record-cursor.ts';
import type {
  NamedTotal,
  RecordPage,
  RecordQuery,
  RecordSummary,
  SummaryQuery,
  Window,
} from '../record-log.ts';
import { rowColumns, toRecord } from './record-tables.ts';
import { inTransaction } from './with-client.ts';

/** Values of a statement, and how each is written in it. */
export class Values {
  readonly list: unknown[] = [];

  /** `$1`, `$2`, … */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** A page of records, newest first, with one row more to see whether there is a next. */
export async function queryPage(pool: Pool, query: RecordQuery): Promise<RecordPage> {
  const values = new Values();
  const conditions = conditionsOf(query, values);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const { rows } = await pool.query(
    `SELECT ${rowColumns} FROM waybill_records ${where} ORDER BY came_at DESC, id COLLATE "C" DESC LIMIT ${query.limit + 1}`,
    values.list,
  );
  const records = rows.slice(0, query.limit).map(toRecord);
  const last = records.at(-1);
  const more = rows.length > records.length && last !== undefined;
  return { records, next: more ? writeCursor({ at: last['time.at'] ?? 0, id: last.id }) : null };
}

function conditionsOf(query: RecordQuery, values: Values): string[] {
  const conditions: string[] = [];
  const equal = [
    ['decision.policy', query.policy],
    ['outcome.status', query.status],
    ['caller.team', query.team],
    ['outcome.target', query.target],
    ['caller.project', query.project],
    ['caller.key', query.key],
    ['caller.user', query.user],
    ['task.label', query.task],
    ['decision.version', query.version],
    ['outcome.error', query.error],
    ['session.id', query.session],
  ] as const;
  for (const [column, value] of equal)
    if (value !== undefined) conditions.push(`"${column}" = ${values.add(value)}`);
  const { from, to, teams, tag, model } = query;
  if (from !== undefined) conditions.push(`came_at >= ${values.add(from)}`);
  if (to !== undefined) conditions.push(`came_at < ${values.add(to)}`);
  if (teams !== undefined) conditions.push(`coalesce("caller.team", '') = ANY(${values.add(teams)}::text[])`);
  if (tag !== undefined) conditions.push(`"caller.tags"::jsonb ? ${values.add(tag)}`);
  if (model !== undefined) {
    const [target, called] = [values.add(model), values.add(`"target":${JSON.stringify(model)}`)];
    conditions.push(`("outcome.target" = ${target} OR position(${called} in "outcome.attempts") > 0)`);
  }
  conditions.push(...howItWent(query, values));
  if (query.search !== undefined && query.search !== '') {
    const search = values.add(query.search.toLowerCase());
    const texts = ['id', 'decision.path', 'outcome.target'];
    conditions.push(`(${texts.map((name) => `position(${search} in lower("${name}")) > 0`).join(' OR ')})`);
  }
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
  if (cursor !== undefined) {
    const [at, id] = [values.add(cursor.at), values.add(cursor.id)];
    conditions.push(`(came_at < ${at} OR (came_at = ${at} AND id COLLATE "C" < ${id}))`);
  }
  return conditions;
}

function howItWent({ provider, minCost, minLatency }: RecordQuery, values: Values): readonly string[] {
  const conditions: string[] = [];
  if (provider !== undefined) {
    const beginning = `${provider}/`;
    const called = values.add(`"target":${JSON.stringify(beginning).slice(0, -1)}`);
    conditions.push(
      `(starts_with("outcome.target", ${values.add(beginning)}) OR position(${called} in "outcome.attempts") > 0)`,
    );
  }
  if (minCost !== undefined) conditions.push(`"cost.nano_usd" >= ${values.add(minCost)}`);
  if (minLatency !== undefined) conditions.push(`"latency.total_ms" >= ${values.add(minLatency)}`);
  return conditions;
}

export async function queryRecord(pool: Pool, id: string): Promise<RequestRecord | undefined> {
  const { rows } = await pool.query(`SELECT ${rowColumns} FROM waybill_records WHERE id = $1 LIMIT 1`, [id]);
  return rows.map(toRecord)[0];
}

/** How many rows of a window are read at a time. */
const step = 5_000;

/** The window as columns, in order of time. */
export function queryColumns(pool: Pool, { from, to }: Window): Promise<RecordColumns> {
  return inTransaction(pool, async (client) => {
    await client.query(
      `DECLARE waybill_window NO SCROLL CURSOR FOR SELECT ${rowColumns} FROM waybill_records
       WHERE came_at >= ${whole(from)} AND came_at < ${whole(to)} ORDER BY came_at, id`,
    );
    const records: RequestRecord[] = [];
    for (;;) {
      const { rows } = await client.query(`FETCH ${step} FROM waybill_window`);
      if (rows.length === 0) return columnsFromRecords(records);
      for (const row of rows) records.push(toRecord(row));
    }
  });
}

export async function querySummary(pool: Pool, { from, to, teams }: SummaryQuery): Promise<RecordSummary> {
  const own =
    teams === undefined
      ? ''
      : ` AND coalesce("caller.team", '') = ANY (ARRAY[${teams.map((team) => `'${team.replaceAll("'", "''")}'`).join(', ')}]::text[])`;
  const rows = `waybill_records WHERE came_at >= ${whole(from)} AND came_at < ${whole(to)}${own}`;
  const latency = (share: number) =>
    `percentile_cont(${share}) WITHIN GROUP (ORDER BY "latency.total_ms") FILTER (WHERE "outcome.status" = 'served')`;
  const totals = await pool.query(
    `SELECT count(*)::double precision AS requests,
      coalesce(sum("cost.nano_usd"), 0)::double precision AS cost,
      count(*) FILTER (WHERE "cost.nano_usd" IS NULL)::double precision AS without_cost,
      count(*) FILTER (WHERE "outcome.status" = 'failed')::double precision AS failed,
      count(*) FILTER (WHERE "outcome.status" = 'refused')::double precision AS refused,
      ${latency(0.5)} AS p50, ${latency(0.95)} AS p95, coalesce(bool_or(sandbox), false) AS sandbox
    FROM ${rows}`,
  );
  const total = totals.rows[0] ?? {};
  const byDay = await totalsBy(
    pool,
    rows,
    `to_char(to_timestamp(came_at / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
    'name',
  );
  const dearest = 'cost DESC, name';
  return {
    sandbox: total.sandbox === true,
    total: {
      requests: Number(total.requests),
      costNanoUsd: Number(total.cost),
      withoutCost: Number(total.without_cost),
      failed: Number(total.failed),
      refused: Number(total.refused),
      latencyP50Ms: total.p50 === null ? null : Number(total.p50),
      latencyP95Ms: total.p95 === null ? null : Number(total.p95),
    },
    byDay: byDay.map(({ name, ...rest }) => ({ day: name, ...rest })),
    byTarget: await totalsBy(pool, `${rows} AND "outcome.target" <> ''`, '"outcome.target"', dearest),
    byTeam: await totalsBy(pool, rows, `coalesce("caller.team", 'unknown')`, dearest),
    byTask: await totalsBy(pool, rows, `coalesce("task.label", 'unknown')`, dearest),
  };
}

async function totalsBy(
  pool: Pool,
  rows: string,
  name: string,
  order: string,
): Promise<readonly NamedTotal[]> {
  const found = await pool.query<{ name: string; requests: number; cost: number }>(
    `SELECT ${name} AS name, count(*)::double precision AS requests,
      coalesce(sum("cost.nano_usd"), 0)::double precision AS cost FROM ${rows} GROUP BY 1 ORDER BY ${order}`,
  );
  return found.rows.map((row) => ({ name: row.name, requests: row.requests, costNanoUsd: row.cost }));
}

/** A time as SQL writes it: it goes into statements that take no values. */
export function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no time in whole ms.`);
  return String(value);
}
