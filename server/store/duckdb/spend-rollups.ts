import type { DuckDBConnection } from '@duckdb/node-api';
import type { Window } from '../record-log.ts';
import { countColumns, measuresIn } from '../usage/measure-columns.ts';
import { dayBefore, type Rollup, rollupKeys, rollupMs } from '../usage/rollup.ts';
import { tokenClassColumns, tokenClassNames } from '../usage/token-columns.ts';
import { quoteName } from './records-table.ts';

const numbers = ['priced', ...countColumns, ...tokenClassNames];
const types: { readonly [N in (typeof rollupKeys)[number]]?: string } = {
  version: 'INTEGER',
  rest: 'INTEGER',
};
const at = 'coalesce("time.at", 0)';

/** Makes the table of what removed records spent. */
export async function prepareSpendRollups(connection: DuckDBConnection): Promise<void> {
  const columns = [
    'came_at BIGINT',
    ...rollupKeys.map((name) => `${quoteName(name)} ${types[name] ?? 'VARCHAR'}`),
    'tag_count INTEGER',
    ...numbers.map((name) => `${quoteName(name)} BIGINT`),
  ];
  await connection.run(`CREATE TABLE IF NOT EXISTS spend_rollups (${columns.join(', ')})`);
}

/**
 * Removes the records of whole UTC days before a time, ms since 1970; sums of what they spent stay. All or nothing. Answers
 * how many records there were.
 */
export async function retireBefore(connection: DuckDBConnection, before: number): Promise<number> {
  const end = dayBefore(before);
  const reader = await connection.runAndReadAll(`SELECT count(*)::DOUBLE FROM records WHERE ${at} < ${end}`);
  const records = Number(reader.getRows()[0]?.[0] ?? 0);
  if (records === 0) return 0;
  await connection.run('BEGIN TRANSACTION');
  try {
    await connection.run(`INSERT INTO spend_rollups BY NAME ${sumsBefore(end)}`);
    await connection.run(`DELETE FROM spend_lines WHERE came_at < ${end}`);
    await connection.run(`DELETE FROM records WHERE ${at} < ${end}`);
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK');
    throw error;
  }
  await connection.run('CHECKPOINT');
  return records;
}

function sumsBefore(end: number): string {
  const tokens = tokenClassNames.map((name) => `sum(${quoteName(name)})::BIGINT AS ${quoteName(name)}`);
  return `SELECT came_at // ${rollupMs} * ${rollupMs} AS came_at, team, project, "key", tags, model, task, difficulty, policy,
      CASE WHEN policy = '' THEN 0 ELSE version END AS version, purpose, origin,
      coalesce(cost % greatest(tag_count, 1), 0)::INTEGER AS rest, any_value(tag_count) AS tag_count,
      coalesce(sum(cost), 0)::BIGINT AS cost, count(cost) AS priced,
      count(*) FILTER (is_request) AS requests, count(*) FILTER (is_call) AS calls,
      count(*) FILTER (is_error) AS errors, count(*) FILTER (is_refused) AS refused,
      count(*) FILTER (cost IS NULL) AS unpriced, ${tokens.join(', ')}
    FROM spend_lines WHERE came_at < ${end} GROUP BY ALL`;
}

/** What removed records of a window spent. */
export async function readRollups(
  connection: DuckDBConnection,
  { from, to }: Window,
): Promise<readonly Rollup[]> {
  const reader = await connection.runAndReadAll(
    `SELECT * REPLACE (${numbers.map((name) => `${quoteName(name)}::DOUBLE AS ${quoteName(name)}`).join(', ')},
       came_at::DOUBLE AS came_at)
     FROM spend_rollups WHERE came_at >= ${Math.floor(from)} AND came_at < ${Math.floor(to)}`,
  );
  return reader.getRowObjects().map((row) => {
    const text = (name: string) => String(row[name] ?? '');
    const number = (name: string) => Number(row[name] ?? 0);
    return {
      at: number('came_at'),
      team: text('team'),
      project: text('project'),
      key: text('key'),
      tags: JSON.parse(text('tags')),
      model: text('model'),
      task: text('task'),
      difficulty: text('difficulty'),
      policy: text('policy'),
      version: number('version'),
      purpose: text('purpose'),
      origin: text('origin'),
      rest: number('rest'),
      priced: number('priced'),
      measures: measuresIn(row, tokenClassColumns),
    };
  });
}
