import type { DuckDBConnection } from '@duckdb/node-api';
import type { SpendQuery, SpendRow } from '../record-log.ts';
import { quoteText } from './records-table.ts';

const at = 'coalesce("time.at", 0)';
/** The attempts of a row, as far as spend is concerned. */
const attempts = `from_json("outcome.attempts", '[{"target":"VARCHAR","cost_nano_usd":"BIGINT"}]')`;
/** Attempts are read only where the row has no sum of them: that is rare, and reading JSON is dear. */
const costOfRow = `coalesce("cost.nano_usd", list_sum(list_transform(${attempts}, a -> a.cost_nano_usd)), 0)`;
/** One attempt: what is known of the row is known of it. */
const single = `NOT contains("outcome.attempts", '},{"target":') AND "cost.nano_usd" IS NOT NULL`;

export async function querySpend(
  connection: DuckDBConnection,
  query: SpendQuery,
): Promise<readonly SpendRow[]> {
  const reader = await connection.runAndReadAll(query.by === 'caller' ? byCaller(query) : byTarget(query));
  return reader.getRowObjects().map((row) => ({
    team: String(row.team ?? ''),
    project: String(row.project ?? ''),
    key: String(row.key ?? ''),
    tags: typeof row.tags === 'string' ? JSON.parse(row.tags) : [],
    target: String(row.target ?? ''),
    slice: typeof row.slice === 'number' ? row.slice : null,
    costNanoUsd: Number(row.cost),
  }));
}

function byCaller(query: SpendQuery): string {
  return `SELECT "caller.team" AS team, "caller.project" AS project, "caller.key" AS key, "caller.tags" AS tags,
      ${sliceOf(query)} AS slice, sum(${costOfRow})::DOUBLE AS cost
    FROM records WHERE ${conditionsOf(query)} GROUP BY ALL HAVING cost > 0
    UNION ALL
    SELECT team, project, "key", tags, ${sliceOf(query, 'came_at')} AS slice, sum(cost)::DOUBLE AS cost
    ${rollupsOf(query)} GROUP BY ALL HAVING cost > 0`;
}

function byTarget(query: SpendQuery): string {
  const rows = `records WHERE ${conditionsOf(query)}`;
  return `SELECT target, slice, sum(cost)::DOUBLE AS cost FROM (
      SELECT "outcome.target" AS target, ${sliceOf(query)} AS slice, "cost.nano_usd" AS cost FROM ${rows} AND ${single}
      UNION ALL
      SELECT attempt.target, slice, attempt.cost_nano_usd FROM (
        SELECT unnest(${attempts}) AS attempt, ${sliceOf(query)} AS slice FROM ${rows} AND NOT (${single}))
      UNION ALL
      SELECT model AS target, ${sliceOf(query, 'came_at')} AS slice, cost ${rollupsOf(query)})
    GROUP BY ALL HAVING cost > 0`;
}

function sliceOf({ sliceMs }: SpendQuery, time = at): string {
  return sliceMs === null ? 'NULL' : `(${time} // ${whole(sliceMs)} * ${whole(sliceMs)})::DOUBLE`;
}

/** What removed records spent; a quarter of an hour counts when it begins. */
function rollupsOf({ from, to }: SpendQuery): string {
  const conditions = [
    `origin <> 'sample'`,
    ...(from === null ? [] : [`came_at >= ${whole(from)}`]),
    ...(to === undefined ? [] : [`came_at < ${whole(to)}`]),
  ];
  return `FROM spend_rollups WHERE ${conditions.join(' AND ')}`;
}

function conditionsOf({ from, to, excluding }: SpendQuery): string {
  return [
    `NOT (sandbox AND id LIKE 'sample-%')`,
    ...(from === null ? [] : [`${at} >= ${whole(from)}`]),
    ...(to === undefined ? [] : [`${at} < ${whole(to)}`]),
    ...(excluding.length === 0 ? [] : [`id NOT IN (${excluding.map(quoteText).join(', ')})`]),
  ].join(' AND ');
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no time in whole ms.`);
  return String(value);
}
