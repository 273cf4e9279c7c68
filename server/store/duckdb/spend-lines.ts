import type { DuckDBConnection } from '@duckdb/node-api';
import { tokenClassNames, usageColumnNames } from '../usage/token-columns.ts';
import { easyBelow, mediumBelow } from '../usage/usage-query.ts';
import { quoteName, quoteText } from './records-table.ts';

const texts = [
  'id',
  'team',
  'project',
  'key',
  'user',
  'tags',
  'model',
  'task',
  'difficulty',
  'policy',
  'purpose',
  'origin',
] as const;
const flags = ['is_request', 'is_call', 'is_error', 'is_refused'] as const;

/** Columns of `spend_lines`. */
const columns = [
  'came_at BIGINT',
  ...texts.map((name) => `${quoteName(name)} VARCHAR`),
  'tag_count INTEGER',
  'version INTEGER',
  'cost BIGINT',
  ...flags.map((name) => `${name} BOOLEAN`),
  ...tokenClassNames.map((name) => `${quoteName(name)} INTEGER`),
];

/** The attempts of a row, as far as spend is concerned. */
const attempts = `from_json("outcome.attempts", ${quoteText(
  JSON.stringify([
    {
      target: 'VARCHAR',
      role: 'VARCHAR',
      cost_nano_usd: 'BIGINT',
      usage: Object.fromEntries(
        Object.values(usageColumnNames)
          .flat()
          .map((name) => [name.slice('usage.'.length), 'BIGINT']),
      ),
    },
  ]),
)})`;

/**
 * Makes the table of spend lines: one row a call (or a request without one), narrow, in order of time, made from the
 * records in the transaction that takes them in. A log without it, or with that of another release, is read through once.
 */
export async function prepareSpendLines(connection: DuckDBConnection): Promise<void> {
  const present = await connection.runAndReadAll(
    `SELECT column_name FROM information_schema.columns WHERE table_name = 'spend_lines' ORDER BY ordinal_position`,
  );
  const wanted = columns.map((column) => column.slice(0, column.lastIndexOf(' ')).replaceAll('"', ''));
  if (
    present
      .getRows()
      .map(([name]) => String(name))
      .join() === wanted.join()
  )
    return;
  await connection.run('BEGIN TRANSACTION');
  try {
    await connection.run('DROP TABLE IF EXISTS spend_lines');
    await connection.run(`CREATE TABLE spend_lines (${columns.join(', ')})`);
    await addSpendLines(connection, 'records');
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
}

/** Adds the lines of a source of rows with the columns of records. */
export async function addSpendLines(connection: DuckDBConnection, source: string): Promise<void> {
  await connection.run(`INSERT INTO spend_lines BY NAME ${linesOf(source)}`);
}

/** Writes the lines of some requests anew, after records were changed or removed. `condition` is SQL over `id`. */
export async function renewSpendLines(connection: DuckDBConnection, condition: string): Promise<void> {
  await connection.run(`DELETE FROM spend_lines WHERE ${condition}`);
  await addSpendLines(connection, `(SELECT * FROM records WHERE ${condition})`);
}

function linesOf(source: string): string {
  return `WITH source AS (
      SELECT *, coalesce(${attempts}, []) AS list,
        list_sort(list_distinct(coalesce(from_json("caller.tags", '["VARCHAR"]'), []))) AS tag_list FROM ${source}
    ), told AS (
      SELECT *, len(list) AS n, list_sum([one.cost_nano_usd FOR one IN list]) AS known,
        list_max([i FOR i IN range(1, len(list) + 1) IF list[i].role IS NULL]) AS answering,
        len([one FOR one IN list IF one.usage IS NOT NULL]) > 0 AS has_usage
      FROM source
    ), sorted AS (
      SELECT *, (n = 0 OR (n = 1 AND list[1].role IS NULL)
        OR ("cost.nano_usd" IS NOT NULL AND coalesce(known, 0) <> "cost.nano_usd")) AS plain
      FROM told
    ), opened AS (
      SELECT *, unnest(list) AS call, generate_subscripts(list, 1) AS place FROM sorted WHERE NOT plain
    )
    SELECT ${shared}, "outcome.target" AS model, 'answer' AS purpose,
      coalesce("cost.nano_usd", CASE WHEN n = 1 THEN known END) AS cost,
      NOT (n = 0 AND "outcome.target" = '') AS is_call, ${requestFlags('true')}, ${ofRow()}
    FROM sorted WHERE plain
    UNION ALL BY NAME
    SELECT ${shared}, call.target AS model,
      coalesce(call.role, CASE WHEN place = answering THEN 'answer' ELSE 'failed_attempt' END) AS purpose,
      call.cost_nano_usd AS cost, true AS is_call, ${requestFlags('coalesce(place = answering, false)')},
      ${ofCall('place = answering AND NOT has_usage')}
    FROM opened
    UNION ALL BY NAME
    SELECT ${shared}, '' AS model, 'answer' AS purpose, 0 AS cost, false AS is_call, ${requestFlags('true')},
      ${tokenClassNames.map((name) => `0 AS ${quoteName(name)}`).join(', ')}
    FROM sorted WHERE NOT plain AND answering IS NULL`;
}

const shared = `coalesce("time.at", 0) AS came_at, id, coalesce("caller.team", '') AS team,
  coalesce("caller.project", '') AS project, coalesce("caller.key", '') AS "key", coalesce("caller.user", '') AS "user",
  to_json(tag_list)::VARCHAR AS tags, len(tag_list)::INTEGER AS tag_count,
  coalesce("task.label", '') AS task,
  CASE WHEN "task.difficulty" IS NULL THEN '' WHEN "task.difficulty" < ${easyBelow} THEN 'easy'
    WHEN "task.difficulty" < ${mediumBelow} THEN 'medium' ELSE 'hard' END AS difficulty, "decision.policy" AS policy, "decision.version"::INTEGER AS version,
  CASE WHEN NOT sandbox THEN 'real' WHEN id LIKE 'sample-%' THEN 'sample' ELSE 'sandbox' END AS origin`;

function requestFlags(isPrimary: string): string {
  return `${isPrimary} AS is_request, (${isPrimary} AND "outcome.status" = 'failed') AS is_error,
    (${isPrimary} AND "outcome.status" = 'refused') AS is_refused`;
}

function ofRow(): string {
  return tokenClassNames
    .map((name) => `${sumOf(usageColumnNames[name], '', 0)} AS ${quoteName(name)}`)
    .join(', ');
}

/** The tokens of a call; those of its row where the calls of the row have none. */
function ofCall(takesRow: string): string {
  return tokenClassNames
    .map((name) => {
      const names = usageColumnNames[name];
      return `CASE WHEN ${takesRow} THEN ${sumOf(names, '', 0)}
        ELSE ${sumOf(names, 'call.usage.', 'usage.'.length)} END AS ${quoteName(name)}`;
    })
    .join(', ');
}

function sumOf(names: readonly string[], before: string, cutOff: number): string {
  return names.map((name) => `coalesce(${before}${quoteName(name.slice(cutOff))}, 0)`).join(' + ');
}
