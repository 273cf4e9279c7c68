import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { messageOf, StartError } from '../../errors.ts';
import { makeWorkerClient, type WorkerClient } from '../../worker/call-worker.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { openColumns } from '../packed-columns.ts';
import type { RecordLog } from '../record-log.ts';
import { recordLine } from './record-line.ts';
import type { RecordsMethods } from './records-worker.ts';
import { makeSegmentWriter } from './segment-writer.ts';

/** How long a record may wait in memory, and how long in a segment before it can be read without `flush`. */
const writeEveryMs = 250;
const importEveryMs = 2_000;
const largestSegment = 16 * 1024 * 1024;

/**
 * The request log in `<folder>/records.duckdb`, behind segments of JSON lines in `<folder>/segments`: appending costs
 * a push, writing is one write a batch, and a thread of its own moves closed segments into the table. A killed process
 * loses at most what it took in the last quarter of a second; segments left behind are imported at the next start.
 *
 * @throws {StartError} when another process has the file open, or it is damaged.
 */
export async function openRecordLog(options: {
  readonly folder: string;
  readonly logger: Logger;
}): Promise<RecordLog> {
  const { folder, logger } = options;
  const segments = join(folder, 'segments');
  mkdirSync(segments, { recursive: true, mode: 0o700 });
  const path = join(folder, 'records.duckdb');
  const worker = makeWorkerClient<RecordsMethods>(() => startWorker('records-worker', { path }));
  await worker.ask('open', null).catch(async (error: unknown) => {
    await worker.close();
    throw cannotOpen(folder, path, error);
  });
  const log = makeLog(worker, segments, logger);
  await log.importLeftovers();
  return log;
}

function cannotOpen(folder: string, path: string, cause: unknown): StartError {
  const message = messageOf(cause);
  const owner = /Conflicting lock is held in .*?\(PID (\d+)\)/.exec(message)?.[1];
  if (message.includes('Could not set lock')) {
    const who = owner === undefined ? 'another process' : `process ${owner}`;
    return new StartError(
      `The data folder ${folder} is in use by ${who}. Stop it first, or set WAYBILL_DATA to another folder.`,
      { cause },
    );
  }
  return new StartError(
    `The request log ${path} cannot be opened: ${message} Move it away to start with an empty log; nothing was changed.`,
    { cause },
  );
}

function makeLog(
  worker: WorkerClient<RecordsMethods>,
  folder: string,
  logger: Logger,
): RecordLog & { importLeftovers(): Promise<void> } {
  let named = 0;
  const started = `${Date.now().toString().padStart(15, '0')}-${process.pid}`;
  const writer = makeSegmentWriter(folder, () => `${started}-${String(named++).padStart(8, '0')}`);
  const inTurn = oneAtATime();
  const closed: string[] = [];
  let dropped = 0;
  let writeTimer: NodeJS.Timeout | undefined;
  let importTimer: NodeJS.Timeout | undefined;

  /** In turn only. */
  async function write(): Promise<void> {
    clearTimeout(writeTimer);
    writeTimer = undefined;
    await writer.write();
    if (writer.bytes > largestSegment) await importAll();
    else if (writer.bytes > 0) importTimer ??= setTimeout(() => inBackground(importAll), importEveryMs);
  }

  /** In turn only. A segment that cannot be imported stays where it is, for the next time. */
  async function importAll(): Promise<void> {
    clearTimeout(importTimer);
    importTimer = undefined;
    const path = await writer.close();
    if (path !== undefined) closed.push(path);
    for (let segment = closed[0]; segment !== undefined; segment = closed[0]) {
      const { damaged } = await worker.ask('importSegment', segment);
      if (damaged > 0) logger.warn({ segment, damaged }, 'lines of the request log could not be read');
      closed.shift();
    }
  }

  function inBackground(task: () => Promise<void>): void {
    inTurn(task).catch((error: unknown) => {
      logger.error(
        { err: error, waiting: writer.waiting },
        'the request log cannot be written; trying again',
      );
      if (writer.waiting > 0) writeTimer ??= setTimeout(() => inBackground(write), importEveryMs);
      else importTimer ??= setTimeout(() => inBackground(importAll), importEveryMs);
    });
  }

  const flush = () =>
    inTurn(async () => {
      await write();
      await importAll();
    });

  return {
    append: (record) => {
      if (!writer.append(recordLine(record))) {
        dropped += 1;
        if (dropped % 10_000 === 1) logger.error({ dropped }, 'the request log is full; records are lost');
      }
      writeTimer ??= setTimeout(() => inBackground(write), writeEveryMs);
    },
    flush,
    importLeftovers: () =>
      inTurn(async () => {
        const left = readdirSync(folder).filter((name) => name.endsWith('.ndjson'));
        closed.push(...left.sort().map((name) => join(folder, name)));
        await importAll();
      }),
    count: () => worker.ask('count', null),
    page: (query) => worker.ask('page', query),
    find: (id) => worker.ask('find', id),
    summary: (window) => worker.ask('summary', window),
    spend: (query) => worker.ask('spend', query),
    usage: (query) => worker.ask('usage', query),
    held: (key) => worker.ask('held', key),
    forget: (key) => worker.ask('forget', key),
    strip: (before, whose = 'all') => worker.ask('strip', { before, whose }),
    retire: (before) => worker.ask('retire', before),
    rollups: (window) => worker.ask('rollups', window),
    columns: async (window) => openColumns(await worker.ask('columns', window)),
    close: async () => {
      await flush().finally(async () => {
        clearTimeout(writeTimer);
        clearTimeout(importTimer);
        await worker.ask('close', null);
        await worker.close();
      });
    },
  };
}
