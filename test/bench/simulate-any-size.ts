import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { printTable } from './print-table.ts';

const records = 5_000_000;
const root = new URL('../../', import.meta.url).pathname;

/** `waybill simulate` on five million records in Parquet: time, and the most memory its process ever had. */
export async function benchAnySize(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-bench-'));
  try {
    const path = join(folder, 'records.parquet');
    await writeRecords(path);
    const start = performance.now();
    const peak = await simulate(path);
    const seconds = (performance.now() - start) / 1_000;
    printTable(
      ['5,000,000 records in Parquet', 'seconds', 'rows a second', 'peak MB'],
      [['waybill simulate, everything', seconds, records / seconds, peak ?? Number.NaN]],
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writeRecords(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '600MB' });
  const connection = await instance.connect();
  const one = (list: readonly string[], salt: number) =>
    `[${list.map((text) => `'${text}'`).join(', ')}][(1 + hash(i + ${salt}) % ${list.length})::BIGINT]`;
  const below = (size: number, salt: number) => `(hash(i + ${salt}) % ${size})::BIGINT`;
  await connection.run(`COPY (SELECT
      'r' || i AS id, (1795000000000 + i * 200)::BIGINT AS "time.at",
      ${below(120_000, 1)} AS "request.input_tokens", ${one(['code', 'summarization', 'translation', 'conversation'], 2)} AS "task.label",
      (hash(i + 3) % 100) / 100.0::DOUBLE AS "task.confidence", ${one(['search', 'support', 'ads'], 4)} AS "caller.team",
      's' || (i // 5) AS "session.id", 'served' AS "outcome.status", 'provider' AS "usage.source",
      ${one(['openai/gpt-4.1', 'openai/gpt-4o', 'anthropic/claude-sonnet-4-5'], 5)} AS "outcome.target",
      ${below(40_000, 6)} AS "usage.input_tokens", ${below(2_000, 7)} AS "usage.output_tokens",
      ${below(50_000_000, 8)} AS "cost.nano_usd", ${below(20_000, 9)}::DOUBLE AS "latency.total_ms"
    FROM range(${records}) rows(i)) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  instance.closeSync();
}

/** Runs the command and answers its peak memory in MB, where the system tells. */
async function simulate(path: string): Promise<number | null> {
  const candidate = join(root, 'policies', 'support.policy.json');
  const args = ['--import', 'tsx', join(root, 'server', 'cli.ts'), 'simulate', '--candidate', candidate];
  const child = spawn(process.execPath, [...args, '--records', path, '--json'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peak: number | null = null;
  const status = `/proc/${child.pid}/status`;
  const watch = setInterval(async () => {
    if (!existsSync(status)) return;
    const high = /VmHWM:\s+(\d+) kB/.exec(await readFile(status, 'utf8').catch(() => ''))?.[1];
    if (high !== undefined) peak = Math.max(peak ?? 0, Number(high) / 1_024);
  }, 200);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`waybill simulate ended with ${String(code)}.`);
  return peak;
}
