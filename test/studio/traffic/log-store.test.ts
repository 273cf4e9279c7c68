import { describe, expect, it } from 'vitest';
import type { RecordRow } from '../../../studio/client/record-row.ts';
import { createLogStore, type LogStore } from '../../../studio/traffic/log-store.ts';

/** A log on the server: requests by the second they came. */
function aServerLog(...seconds: readonly number[]) {
  const all = seconds.map(row);
  let asked = 0;
  let broken = false;
  return {
    add: (...more: readonly number[]) => all.push(...more.map(row)),
    break: (isBroken: boolean) => {
      broken = isBroken;
    },
    asked: () => asked,
    fetchPage: async ({ cursor, limit }: { readonly cursor: string | null; readonly limit: number }) => {
      asked += 1;
      if (broken) throw new Error('away');
      const sorted = [...all].sort((left, right) => Number(right['time.at']) - Number(left['time.at']));
      const from = cursor === null ? 0 : sorted.findIndex(({ id }) => id === cursor) + 1;
      const records = sorted.slice(from, from + limit);
      const isMore = from + limit < sorted.length;
      return { records, next: isMore ? String(records.at(-1)?.id) : null };
    },
  };
}

function row(second: number): RecordRow {
  return { id: `r${second}`, 'time.at': second };
}

function ids({ store }: LogStore): readonly unknown[] {
  return store.getState().rows.map(({ id }) => id);
}

function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

describe('the log, read as one scrolls', () => {
  it('begins with the newest and goes on towards the oldest, once each', async () => {
    const log = createLogStore(aServerLog(...upTo(1_200)).fetchPage);
    await log.load();
    expect(log.store.getState()).toMatchObject({ kind: 'ready', next: 'r700' });
    await Promise.all([log.loadOlder(), log.loadOlder()]);
    await log.loadOlder();
    await log.loadOlder();
    expect(new Set(ids(log)).size).toBe(1_200);
    expect(log.store.getState()).toMatchObject({ next: null, isReadingOlder: false });
  });

  it('lets in what came since, each in its place by when it came', async () => {
    const server = aServerLog(1, 2, 5);
    const log = createLogStore(server.fetchPage);
    await log.load();
    server.add(6, 4);
    await log.refresh();
    expect(ids(log)).toEqual(['r6', 'r5', 'r4', 'r2', 'r1']);
    const rows = log.store.getState().rows;
    await log.refresh();
    expect(log.store.getState().rows).toBe(rows);
  });

  it('holds back and counts what comes while it is paused', async () => {
    const server = aServerLog(1);
    const log = createLogStore(server.fetchPage);
    await log.load();
    log.pause();
    server.add(2);
    await log.refresh();
    server.add(3);
    await log.refresh();
    await log.refresh();
    expect(ids(log)).toEqual(['r1']);
    expect(log.store.getState().arrived.map(({ id }) => id)).toEqual(['r3', 'r2']);
    log.resume();
    expect(ids(log)).toEqual(['r3', 'r2', 'r1']);
    expect(log.store.getState().arrived).toEqual([]);
  });

  it('catches up over several pages, and begins anew when too much came', async () => {
    const server = aServerLog(...upTo(10));
    const log = createLogStore(server.fetchPage);
    await log.load();
    server.add(...upTo(700).map((index) => 100 + index));
    await log.refresh();
    expect(ids(log)).toHaveLength(710);
    server.add(...upTo(5_000).map((index) => 10_000 + index));
    await log.refresh();
    expect(ids(log)).toHaveLength(2_000);
    expect(ids(log)[0]).toBe('r14999');
    await log.loadOlder();
    expect(ids(log)[2_000]).toBe('r12999');
  });

  it('can be opened again after it was closed', async () => {
    const { fetchPage } = aServerLog(1, 2);
    const log = createLogStore(async (ask, signal) => {
      await Promise.resolve();
      signal.throwIfAborted();
      return fetchPage(ask);
    });
    const first = log.load();
    log.close();
    await Promise.all([first, log.load()]);
    expect(log.store.getState()).toMatchObject({ kind: 'ready', error: null });
    expect(ids(log)).toEqual(['r2', 'r1']);
  });

  it('says when it cannot be read, keeps what it has, and can be asked again', async () => {
    const server = aServerLog(...upTo(600));
    server.break(true);
    const log = createLogStore(server.fetchPage);
    await log.load();
    expect(log.store.getState()).toMatchObject({ kind: 'failed', error: new Error('away') });
    server.break(false);
    await log.load();
    server.break(true);
    await log.loadOlder();
    await log.refresh();
    expect(log.store.getState()).toMatchObject({ kind: 'ready', error: new Error('away') });
    expect(ids(log)).toHaveLength(500);
    server.break(false);
    await log.loadOlder();
    expect(ids(log)).toHaveLength(600);
  });
});
