/** The thread that holds the DuckDB file of the request log: nothing of it ever stalls the thread that serves requests. */
import { workerData } from 'node:worker_threads';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { serveMethods } from '../../worker/serve-methods.ts';
import { packColumns } from '../packed-columns.ts';
import type { RecordQuery, SpendQuery, SummaryQuery, Window } from '../record-log.ts';
import type { UsageQuery } from '../usage/usage-query.ts';
import { forgetKey, heldOf, stripBefore } from './erase-records.ts';
import { importSegment } from './import-segment.ts';
import { queryPage, queryRecord, querySummary, windowSql } from './query-records.ts';
import { querySpend } from './query-spend.ts';
import { queryUsage } from './query-usage.ts';
import { readColumns } from './read-columns.ts';
import { prepareRecordsTable } from './records-table.ts';
import { prepareSpendLines } from './spend-lines.ts';
import { prepareSpendRollups, readRollups, retireBefore } from './spend-rollups.ts';

const { path }: { readonly path: string } = workerData;
let opened: Promise<{ readonly instance: DuckDBInstance; readonly connection: DuckDBConnection }> | undefined;

async function open(): Promise<DuckDBConnection> {
  opened ??= openFile();
  return (await opened).connection;
}

async function openFile(): Promise<{
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}> {
  // One thread: the machine's other cores belong to the traffic.
  const instance = await DuckDBInstance.create(path, { threads: '1' });
  const connection = await instance.connect();
  // A page of the log finds its rows by time and id first and reads the other columns of those alone: at a million
  // records 0.24 s instead of 2.9. DuckDB does so for the smallest limits only, unless told; a page has 500 rows and one.
  await connection.run('SET late_materialization_max_rows = 1000');
  await prepareRecordsTable(connection);
  await prepareSpendLines(connection);
  await prepareSpendRollups(connection);
  return { instance, connection };
}

const methods = {
  open: async (_: null) => {
    await open();
  },
  importSegment: async (segment: string) => importSegment(await open(), segment),
  count: async (_: null) => {
    const reader = await (await open()).runAndReadAll('SELECT count(*)::DOUBLE FROM records');
    return Number(reader.getRows()[0]?.[0] ?? 0);
  },
  page: async (query: RecordQuery) => queryPage(await open(), query),
  find: async (id: string) => queryRecord(await open(), id),
  summary: async (query: SummaryQuery) => querySummary(await open(), query),
  spend: async (query: SpendQuery) => querySpend(await open(), query),
  usage: async (query: UsageQuery) => queryUsage(await open(), query),
  held: async (key: string) => heldOf(await open(), key),
  forget: async (key: string) => forgetKey(await open(), key),
  strip: async ({ before, whose }: { readonly before: number; readonly whose: 'all' | 'zero' }) =>
    stripBefore(await open(), before, whose),
  retire: async (before: number) => retireBefore(await open(), before),
  rollups: async (window: Window) => readRollups(await open(), window),
  columns: async (window: Window) => packColumns(await readColumns(await open(), windowSql(window))),
  close: async (_: null) => {
    const { instance, connection } = (await opened) ?? {};
    opened = undefined;
    connection?.closeSync();
    instance?.closeSync();
  },
};
export type RecordsMethods = typeof methods;

serveMethods(methods);
