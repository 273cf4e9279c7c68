import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { queryUsage } from '#server/store/duckdb/query-usage.ts';
import { prepareRecordsTable } from '#server/store/duckdb/records-table.ts';
import { prepareSpendLines } from '#server/store/duckdb/spend-lines.ts';
import { zoneOffsets } from '#server/store/usage/usage-buckets.ts';
import type { UsageQuery } from '#server/store/usage/usage-query.ts';
import { median, printTable } from './print-table.ts';

const rows = 5_000_000;
const days = 90;
const to = Date.UTC(2026, 10, 22);
const from = to - days * 86_400_000;
const rounds = 5;

const cuts: readonly (readonly [string, Partial<UsageQuery>])[] = [
  ['total', {}],
  ['by day (Berlin)', { grain: 'day' }],
  ['by team', { by: ['team'] }],
  ['by model and day', { by: ['model'], grain: 'day' }],
  ['by team, project, model', { by: ['team', 'project', 'model'] }],
  ['by tag (shared)', { by: ['tag'] }],
  ['by policy version and purpose', { by: ['version', 'purpose'] }],
  ['by user (20,000 of them)', { by: ['user'] }],
  ['last 7 days by team and hour', { by: ['team'], grain: 'hour', from: to - 7 * 86_400_000 }],
  ['last 7 days by key and hour (336,000 rows)', { by: ['key'], grain: 'hour', from: to - 7 * 86_400_000 }],
];

/**
 * Spend over five million records, as the usage page asks for it: milliseconds on one thread, as the server has it,
 * against a plain `sum` over the cost of the same lines.
 */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-bench-'));
  const instance = await DuckDBInstance.create(join(folder, 'records.duckdb'), { threads: '1' });
  const connection = await instance.connect();
  try {
    await prepareRecordsTable(connection);
    await generate(connection);
    const built = performance.now();
    await prepareSpendLines(connection);
    console.log(
      `spend lines of ${rows.toLocaleString('en')} records: ${Math.round(performance.now() - built)} ms, once`,
    );
    const plain = await time(() => connection.runAndReadAll('SELECT sum(cost) FROM spend_lines'));
    const table: (string | number)[][] = [['plain sum(cost)', plain, 1]];
    for (const [name, different] of cuts) {
      const query = { from, to, by: [], grain: null, only: {}, teams: null, ...different };
      const asked = { ...query, offsets: zoneOffsets('Europe/Berlin', query.from, to) };
      const ms = await time(() => queryUsage(connection, asked));
      table.push([name, ms, ms / plain]);
    }
    printTable(['question', 'ms (median)', '× plain sum'], table);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function time(ask: () => Promise<unknown>): Promise<number> {
  await ask();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await ask();
    times.push(performance.now() - started);
  }
  return median(times);
}

/** Requests spread over the days: 40 teams, 2,000 keys, 12 models; one in twenty took two attempts. */
async function generate(connection: DuckDBConnection): Promise<void> {
  const one = (cost: string) =>
    `'[{"target":"' || target || '","outcome":"served","status":200,"latency_ms":812.4,"cost_nano_usd":' || ${cost} || ',"usage":{"input_tokens":' || input || ',"output_tokens":' || output || '}}]'`;
  await connection.run(`INSERT INTO records BY NAME
    WITH drawn AS (
      SELECT i, hash(i) AS h, ${from} + (i * ${days} * 86400000) // ${rows} AS came_at FROM range(${rows}) AS r(i)
    ), told AS (
      SELECT *, 'team-' || (h % 40) AS team, 'p' || (h % 5) AS project, 'key-' || (h % 2000) AS "key",
        ['openai', 'anthropic', 'google'][(1 + (h // 7) % 3)::BIGINT] || '/model-' || ((h // 7) % 12) AS target,
        (100 + (h // 11) % 4000)::BIGINT AS input, (10 + (h // 13) % 900)::BIGINT AS output, (1000 + (h // 17) % 90000000)::BIGINT AS cost
      FROM drawn
    )
    SELECT 'req_' || i AS id, false AS sandbox, came_at::BIGINT AS "time.at", team AS "caller.team", project AS "caller.project",
      "key" AS "caller.key", 'user-' || (h // 19) % 20000 AS "caller.user",
      CASE WHEN h % 3 = 0 THEN '["batch","night"]' WHEN h % 3 = 1 THEN '["app"]' ELSE '[]' END AS "caller.tags",
      'task-' || (h // 23) % 8 AS "task.label", 'support' AS "decision.policy", (1 + i // 1000000)::BIGINT AS "decision.version",
      CASE WHEN h % 50 = 0 THEN 'failed' ELSE 'served' END AS "outcome.status", target AS "outcome.target",
      CASE WHEN h % 20 = 0
        THEN '[{"target":"openai/model-0","outcome":"timeout","status":504,"latency_ms":9000,"cost_nano_usd":77,"usage":null},' || substr(${one('(cost - 77)')}, 2)
        ELSE ${one('cost')} END AS "outcome.attempts",
      input AS "usage.input_tokens", output AS "usage.output_tokens", cost AS "cost.nano_usd"
    FROM told`);
}
