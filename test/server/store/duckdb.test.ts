import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { importSegment } from '#server/store/duckdb/import-segment.ts';
import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { prepareRecordsTable } from '#server/store/duckdb/records-table.ts';
import { prepareSpendLines } from '#server/store/duckdb/spend-lines.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { aFolder, aRecord, silent } from './builders.ts';

async function open(folder: string): Promise<RecordLog> {
  const log = await openRecordLog({ folder, logger: silent });
  onTestFinished(() => log.close().catch(() => undefined));
  return log;
}

function lines(...ids: readonly string[]): string {
  return ids.map((id) => `${JSON.stringify(aRecord({ id }))}\n`).join('');
}

/** Segments as a process leaves them that did not get to import them. */
function leaveSegment(folder: string, name: string, text: string): string {
  mkdirSync(join(folder, 'segments'), { recursive: true });
  const path = join(folder, 'segments', name);
  writeFileSync(path, text);
  return path;
}

async function withTable<T>(
  path: string,
  use: (table: Awaited<ReturnType<DuckDBInstance['connect']>>) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    return await use(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe('the request log on disk', () => {
  it('is there after a restart, flushed or not', async () => {
    const folder = aFolder();
    const first = await open(folder);
    first.append(aRecord({ id: 'a' }));
    await first.flush();
    first.append(aRecord({ id: 'b' }));
    await first.close();
    const second = await open(folder);
    expect((await second.page({ limit: 10 })).records.map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('leaves no segment behind when it is closed', async () => {
    const folder = aFolder();
    const log = await open(folder);
    log.append(aRecord());
    await log.close();
    expect(readdirSync(join(folder, 'segments'))).toEqual([]);
  });

  it('imports what a killed process left, but for a line that was cut off', async () => {
    const folder = aFolder();
    leaveSegment(folder, '1.ndjson', lines('a', 'b'));
    const path = leaveSegment(folder, '2.ndjson', lines('c', 'd'));
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -40));
    const log = await open(folder);
    expect((await log.page({ limit: 10 })).records.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(readdirSync(join(folder, 'segments'))).toEqual([]);
  });

  it('has every record of a process killed without warning, once it was written', async () => {
    const folder = aFolder();
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/server/store/appending-process.ts', folder, '0', '300', '700'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const written = () =>
      readdirSync(join(folder, 'segments'))
        .map((name) => readFileSync(join(folder, 'segments', name), 'utf8'))
        .join('');
    await vi.waitFor(() => expect(written().split('\n')).toHaveLength(401), { timeout: 30_000, interval: 5 });
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const log = await open(folder);
    expect(await log.count()).toBe(700);
    expect(await log.find('r-699')).toBeDefined();
  });

  it('does not import a segment twice when a crash came between its import and its deletion', async () => {
    const folder = aFolder();
    await withTable(join(folder, 'x.duckdb'), async (table) => {
      await prepareRecordsTable(table);
      await prepareSpendLines(table);
      const path = leaveSegment(folder, '1.ndjson', lines('a', 'b'));
      await table.run("INSERT INTO imported_segments VALUES ('1.ndjson')");
      expect(await importSegment(table, path)).toEqual({ rows: 0, damaged: 0 });
      const again = leaveSegment(folder, '2.ndjson', lines('a', 'b'));
      expect(await importSegment(table, again)).toEqual({ rows: 2, damaged: 0 });
      expect((await table.runAndReadAll('SELECT count(*) FROM imported_segments')).getRows()).toEqual([[0n]]);
    });
    expect(readdirSync(join(folder, 'segments'))).toEqual([]);
  });

  it('counts lines that are no record, and takes the others', async () => {
    const folder = aFolder();
    await withTable(join(folder, 'x.duckdb'), async (table) => {
      await prepareRecordsTable(table);
      await prepareSpendLines(table);
      const path = leaveSegment(folder, "it's.ndjson", lines('a'));
      appendFileSync(path, `not json\n${lines('b')}{"id": "cut`);
      expect(await importSegment(table, path)).toEqual({ rows: 2, damaged: 2 });
    });
  });

  it('gets new columns when a release brings them, unknown for old rows', async () => {
    const folder = aFolder();
    await withTable(join(folder, 'records.duckdb'), async (table) => {
      await prepareRecordsTable(table);
      await prepareSpendLines(table);
      await table.run('ALTER TABLE records DROP COLUMN "task.difficulty"');
      await table.run(`INSERT INTO records ("id", "time.at") VALUES ('old', 1000)`);
    });
    const log = await open(folder);
    expect((await log.find('old'))?.['task.difficulty']).toBeNull();
    log.append(aRecord({ id: 'new', 'task.difficulty': 0.5 }));
    await log.flush();
    expect((await log.find('new'))?.['task.difficulty']).toBe(0.5);
  });

  it('belongs to one process at a time, and says to which', async () => {
    const folder = aFolder();
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/server/store/appending-process.ts', folder, '0', '0', '0'],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await expect(openRecordLog({ folder, logger: silent })).rejects.toThrow(`in use by process ${child.pid}`);
    child.kill('SIGKILL');
    await ended;
  });

  it('stops the start when its file is damaged, and says what to do', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'records.duckdb'), 'no database at all'.repeat(1_000));
    await expect(openRecordLog({ folder, logger: silent })).rejects.toThrow(
      /records.duckdb cannot be opened: .*Move it away to start with an empty log/,
    );
  });
});
