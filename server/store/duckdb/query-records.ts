import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api';
import type { RequestRecord } from '#engine/signals/index.ts';
import { readCursor, writeCursor } from '../record-cursor.ts';
import type {
  NamedTotal,
  RecordPage,
  RecordQuery,
  RecordSummary,
  SummaryQuery,
  Window,
} from '../record-log.ts';
import { quoteText, rowColumns, toRecord } from './records-table.ts';

const at = 'coalesce("time.at", 0)';

/** A page of records, newest first, with one row more to see whether there is a next. */
export async function queryPage(connection: DuckDBConnection, query: RecordQuery): Promise<RecordPage> {
  const { where, values } = conditionsOf(query);
  const reader = await connection.runAndReadAll(
    `SELECT ${rowColumns} FROM records ${where} ORDER BY ${at} DESC, id DESC LIMIT ${query.limit + 1}`,
    values,
  );
  const found = reader.getRowObjects().map(toRecord);
  const records = found.slice(0, query.limit);
  const last = records.at(-1);
  const more = found.length > records.length && last !== undefined;
  return { records, next: more ? writeCursor({ at: last['time.at'] ?? 0, id: last.id }) : null };
}

function conditionsOf(query: RecordQuery): {
  readonly where: string;
  readonly values: Record<string, DuckDBValue>;
} {
  const values: Record<string, DuckDBValue> = {};
  const conditions: string[] = [];
  const equal = [
    ['decision.policy', 'policy', query.policy],
    ['outcome.status', 'status', query.status],
    ['caller.team', 'team', query.team],
    ['outcome.target', 'target', query.target],
    ['caller.project', 'project', query.project],
    ['caller.key', 'key', query.key],
    ['caller.user', 'user', query.user],
    ['task.label', 'task', query.task],
    ['outcome.error', 'error', query.error],
    ['session.id', 'session', query.session],
  ] as const;
  for (const [column, parameter, value] of equal) {
    if (value === undefined) continue;
    conditions.push(`"${column}" = $${parameter}`);
    values[parameter] = value;
  }
  const { from, to, version, teams, tag, model } = query;
  if (from !== undefined) conditions.push(`${at} >= ${whole(from)}`);
  if (to !== undefined) conditions.push(`${at} < ${whole(to)}`);
  if (version !== undefined) conditions.push(`"decision.version" = ${whole(version)}`);
  if (teams !== undefined) conditions.push(isOfTeams(teams));
  if (tag !== undefined)
    conditions.push(`list_contains(from_json("caller.tags", '["VARCHAR"]'), ${quoteText(tag)})`);
  if (model !== undefined)
    conditions.push(
      `("outcome.target" = ${quoteText(model)} OR contains("outcome.attempts", ${quoteText(`"target":${JSON.stringify(model)}`)}))`,
    );
  conditions.push(...howItWent(query));
  if (query.search !== undefined && query.search !== '') {
    const texts = ['id', 'decision.path', 'outcome.target'];
    conditions.push(`(${texts.map((name) => `contains(lower("${name}"), $search)`).join(' OR ')})`);
    values.search = query.search.toLowerCase();
  }
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
  if (cursor !== undefined) {
    conditions.push(`(${at} < $at::BIGINT OR (${at} = $at::BIGINT AND id < $id))`);
    values.at = cursor.at;
    values.id = cursor.id;
  }
  return { where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, values };
}

function howItWent({ provider, minCost, minLatency }: RecordQuery): readonly string[] {
  const beginning = `${provider}/`;
  const called = `"target":${JSON.stringify(beginning).slice(0, -1)}`;
  return [
    ...(provider === undefined
      ? []
      : [
          `(starts_with("outcome.target", ${quoteText(beginning)}) OR contains("outcome.attempts", ${quoteText(called)}))`,
        ]),
    ...(minCost === undefined ? [] : [`"cost.nano_usd" >= ${whole(minCost)}`]),
    ...(minLatency === undefined ? [] : [`"latency.total_ms" >= ${whole(minLatency)}`]),
  ];
}

function isOfTeams(teams: readonly string[]): string {
  return teams.length === 0 ? 'false' : `"caller.team" IN (${teams.map(quoteText).join(', ')})`;
}

export async function queryRecord(
  connection: DuckDBConnection,
  id: string,
): Promise<RequestRecord | undefined> {
  const reader = await connection.runAndReadAll(`SELECT ${rowColumns} FROM records WHERE id = $id LIMIT 1`, {
    id,
  });
  return reader.getRowObjects().map(toRecord)[0];
}

/** The rows of a window. */
export function windowSql({ from, to }: Window): string {
  return `SELECT * FROM records WHERE ${at} >= ${whole(from)} AND ${at} < ${whole(to)}`;
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no time in whole ms.`);
  return String(value);
}

export async function querySummary(
  connection: DuckDBConnection,
  { teams, ...window }: SummaryQuery,
): Promise<RecordSummary> {
  const rows = `(${windowSql(window)}${teams === undefined ? '' : ` AND ${isOfTeams(teams)}`})`;
  const reader = await connection.runAndReadAll(
    `SELECT count(*)::DOUBLE AS requests,
      coalesce(sum("cost.nano_usd"), 0)::DOUBLE AS cost,
      count(*) FILTER ("cost.nano_usd" IS NULL)::DOUBLE AS without_cost,
      count(*) FILTER ("outcome.status" = 'failed')::DOUBLE AS failed,
      count(*) FILTER ("outcome.status" = 'refused')::DOUBLE AS refused,
      quantile_cont("latency.total_ms", 0.5) FILTER ("outcome.status" = 'served') AS p50,
      quantile_cont("latency.total_ms", 0.95) FILTER ("outcome.status" = 'served') AS p95,
      coalesce(bool_or(sandbox), false) AS sandbox
    FROM ${rows}`,
  );
  const total = reader.getRowObjects()[0] ?? {};
  const byDay = await totalsBy(
    connection,
    rows,
    `strftime(make_timestamp(${at} * 1000), '%Y-%m-%d')`,
    'name',
  );
  return {
    sandbox: total.sandbox === true,
    total: {
      requests: Number(total.requests),
      costNanoUsd: Number(total.cost),
      withoutCost: Number(total.without_cost),
      failed: Number(total.failed),
      refused: Number(total.refused),
      latencyP50Ms: numberOrNull(total.p50),
      latencyP95Ms: numberOrNull(total.p95),
    },
    byDay: byDay.map(({ name, ...rest }) => ({ day: name, ...rest })),
    byTarget: await totalsBy(
      connection,
      `(FROM ${rows} WHERE "outcome.target" <> '')`,
      '"outcome.target"',
      'cost DESC, name',
    ),
    byTeam: await totalsBy(connection, rows, `coalesce("caller.team", 'unknown')`, 'cost DESC, name'),
    byTask: await totalsBy(connection, rows, `coalesce("task.label", 'unknown')`, 'cost DESC, name'),
  };
}

async function totalsBy(
  connection: DuckDBConnection,
  rows: string,
  name: string,
  order: string,
): Promise<readonly NamedTotal[]> {
  const reader = await connection.runAndReadAll(
    `SELECT ${name} AS name, count(*)::DOUBLE AS requests, coalesce(sum("cost.nano_usd"), 0)::DOUBLE AS cost
    FROM ${rows} GROUP BY ALL ORDER BY ${order}`,
  );
  return reader.getRowObjects().map((row) => ({
    name: String(row.name),
    requests: Number(row.requests),
    costNanoUsd: Number(row.cost),
  }));
}

function numberOrNull(value: DuckDBValue | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
