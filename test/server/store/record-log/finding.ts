import { expect, it } from 'vitest';
import type { RecordLog, RecordQuery } from '#server/store/record-log.ts';
import { aRecord } from '../builders.ts';
import { logWith } from './log-with.ts';

/** How records are counted, paged and found. */
export function testFinding(open: () => Promise<RecordLog>): void {
  it('counts what was flushed', async () => {
    const log = await logWith(open, { id: 'a' }, { id: 'b' });
    expect(await log.count()).toBe(2);
    log.append(aRecord({ id: 'c' }));
    await log.flush();
    expect(await log.count()).toBe(3);
  });

  it('pages newest first without losing or doubling rows of the same time', async () => {
    const log = await logWith(
      open,
      { id: 'a', 'time.at': 1_000 },
      { id: 'c', 'time.at': 2_000 },
      { id: 'b', 'time.at': 2_000 },
      { id: 'd', 'time.at': 3_000 },
    );
    const first = await log.page({ limit: 2 });
    const second = await log.page({ limit: 2, cursor: first.next ?? '' });
    expect(first.records.map(({ id }) => id)).toEqual(['d', 'c']);
    expect(second.records.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(second.next).toBeNull();
  });

  it('finds by policy, status, team, target, and by part of id, path or target', async () => {
    const log = await logWith(
      open,
      { id: 'one' },
      {
        id: 'two',
        'decision.policy': 'coding',
        'outcome.status': 'failed',
        'caller.team': 'ops',
        'outcome.target': 'openai/gpt-5.5',
        'decision.path': "it's%_",
      },
    );
    const ids = async (query: object) =>
      (await log.page({ limit: 10, ...query })).records.map(({ id }) => id);
    expect(await ids({ policy: 'coding' })).toEqual(['two']);
    expect(await ids({ status: 'failed' })).toEqual(['two']);
    expect(await ids({ team: 'ops' })).toEqual(['two']);
    expect(await ids({ target: 'openai/gpt-5.5' })).toEqual(['two']);
    expect(await ids({ search: 'TW' })).toEqual(['two']);
    expect(await ids({ search: 'CLAUDE' })).toEqual(['one']);
    expect(await ids({ search: "it's%_" })).toEqual(['two']);
    expect(await ids({ search: '%' })).toEqual(['two']);
    expect(await ids({ policy: 'coding', status: 'served' })).toEqual([]);
  });

  it('finds by time, project, key, user, tag, task, version, called model, and teams that may be seen', async () => {
    const log = await logWith(
      open,
      { id: 'one', 'time.at': 1_000 },
      {
        id: 'two',
        'time.at': 2_000,
        'caller.team': "o'ps",
        'caller.project': 'p',
        'caller.key': 'k',
        'caller.user': 'u',
        'caller.tags': ["it's", 'x'],
        'task.label': 'math',
        'decision.version': 7,
        'outcome.attempts': '[{"target":"a/tried","outcome":"timeout","cost_nano_usd":1}]',
      },
    );
    const ids = async (query: Omit<RecordQuery, 'limit'>) =>
      (await log.page({ limit: 9, ...query })).records.map(({ id }) => id);
    const queries: readonly Omit<RecordQuery, 'limit'>[] = [
      { from: 2_000 },
      { project: 'p' },
      { key: 'k' },
      { user: 'u' },
      { tag: "it's" },
      { task: 'math' },
      { version: 7 },
      { model: 'a/tried' },
      { teams: ["o'ps", 'none'] },
    ];
    for (const query of queries) expect(await ids(query), JSON.stringify(query)).toEqual(['two']);
    expect(await ids({ to: 2_000 })).toEqual(['one']);
    expect(await ids({ teams: [] })).toEqual([]);
    const requests = async (...teams: string[]) =>
      (await log.summary({ from: 0, to: 9_000, teams })).total.requests;
    expect([await requests("o'ps"), await requests(), await requests("o'ps", 'search')]).toEqual([1, 0, 2]);
  });

  it('finds by called provider, error, session, and from a cost or a latency on', async () => {
    const log = await logWith(
      open,
      { id: 'one', 'cost.nano_usd': 5, 'latency.total_ms': 20 },
      {
        id: 'two',
        'session.id': "s'2",
        'outcome.error': 'rate_limit',
        'outcome.attempts': '[{"target":"azure_\'eu/gpt-5","outcome":"rate_limit","cost_nano_usd":1}]',
        'cost.nano_usd': 900,
        'latency.total_ms': 4_000.5,
      },
      { id: 'three', 'cost.nano_usd': null, 'latency.total_ms': null, 'outcome.target': '' },
    );
    const ids = async (query: Omit<RecordQuery, 'limit'>) =>
      (await log.page({ limit: 9, ...query })).records.map(({ id }) => id).sort();
    expect(await ids({ provider: "azure_'eu" })).toEqual(['two']);
    expect(await ids({ provider: 'anthropic' })).toEqual(['one', 'two']);
    expect(await ids({ provider: 'anthropi' })).toEqual([]);
    expect(await ids({ error: 'rate_limit' })).toEqual(['two']);
    expect(await ids({ session: "s'2" })).toEqual(['two']);
    expect(await ids({ minCost: 900 })).toEqual(['two']);
    expect(await ids({ minCost: 0 })).toEqual(['one', 'two']);
    expect(await ids({ minLatency: 4_000 })).toEqual(['two']);
    expect(await ids({ minLatency: 20, minCost: 5 })).toEqual(['one', 'two']);
  });
}
