import { describe, expect, it, onTestFinished } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import type { RecordLog, RecordQuery } from '#server/store/record-log.ts';
import { aRecord } from './builders.ts';

const always = { from: 0, to: Date.UTC(2100, 0, 1) };

async function logWith(
  open: () => Promise<RecordLog>,
  ...records: readonly Partial<RequestRecord>[]
): Promise<RecordLog> {
  const log = await open();
  onTestFinished(() => log.close());
  for (const record of records) log.append(aRecord(record));
  await log.flush();
  return log;
}

/** What every request log has to keep. `open` gives an empty one. */
export function describeRecordLog(name: string, open: () => Promise<RecordLog>): void {
  describe(`the request log in ${name}`, () => {
    it('gives back a record as it was, with every type of column and with unknown values', async () => {
      const record = aRecord({
        id: 'all',
        'caller.tags': ['batch', 'night “shift”'],
        'request.metadata': { ticket: '4711', '': 'empty key' },
        'health.error_rate': { 'openai/gpt-5': 0.25, 'a"b': 1e-9, '': 3 },
        'request.stream': true,
        'task.label': null,
        'task.confidence': null,
        'caller.user': "O'Brien \n \\ 漢字",
        'cost.nano_usd': 9_007_199_254_740_991,
        'latency.total_ms': 12.345,
      });
      const log = await logWith(open, record);
      expect(await log.find('all')).toEqual(record);
      expect(await log.find('none')).toBeUndefined();
    });

    it('says what it holds of a key, and forgets who and what its requests were about, not what they cost', async () => {
      const mine = {
        'caller.key': 'mine',
        'caller.user': 'ada',
        'request.metadata': { ticket: '4711' },
        'session.prefix': 'abc',
      };
      const log = await logWith(
        open,
        { ...mine, id: 'a', 'time.at': 1_000, 'session.id': 's1', 'cost.nano_usd': 7 },
        { ...mine, id: 'b', 'time.at': 2_000, 'session.id': 's1' },
        { ...mine, id: 'c', 'time.at': 3_000, 'session.id': 's2', 'request.metadata': {} },
        { ...mine, id: 'd', 'caller.key': "o'ther", 'session.id': 's1' },
      );
      expect(await log.held('mine')).toEqual({
        records: 3,
        from: 1_000,
        to: 3_000,
        withUser: 3,
        withMetadata: 2,
      });
      expect(await log.held('nobody')).toEqual({
        records: 0,
        from: null,
        to: null,
        withUser: 0,
        withMetadata: 0,
      });
      const before = await log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] });
      expect(await log.forget('mine')).toBe(3);
      expect(await log.held('mine')).toMatchObject({ records: 3, withUser: 0, withMetadata: 0 });
      const [a, b, c] = [await log.find('a'), await log.find('b'), await log.find('c')];
      expect(a).toMatchObject({
        'caller.user': '',
        'request.metadata': {},
        'session.prefix': '',
        'cost.nano_usd': 7,
      });
      expect(a?.['session.id']).toMatch(/^[0-9a-f]{16}$/);
      expect(b?.['session.id']).toBe(a?.['session.id']);
      expect(c?.['session.id']).not.toBe(a?.['session.id']);
      expect(await log.find('d')).toMatchObject({ 'caller.user': 'ada', 'session.id': 's1' });
      expect(await log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] })).toEqual(before);
    });

    it('empties records that have grown old of everything but what was spent', async () => {
      const log = await logWith(
        open,
        { id: 'old', 'time.at': 1_000, 'session.id': 's', 'request.input_tokens': 5, 'cost.nano_usd': 7 },
        { id: 'new', 'time.at': 5_000, 'session.id': 's', 'request.input_tokens': 5, 'cost.nano_usd': 8 },
      );
      const before = await log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] });
      expect(await log.strip(5_000)).toBe(1);
      expect(await log.strip(5_000)).toBe(0);
      const old = await log.find('old');
      expect(old).toMatchObject({ 'session.id': null, 'request.input_tokens': null, 'cost.nano_usd': 7 });
      expect(await log.find('new')).toMatchObject({ 'session.id': 's', 'request.input_tokens': 5 });
      expect(await log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] })).toEqual(before);
    });

    it('empties only records of callers with zero retention where it is told so', async () => {
      const log = await logWith(
        open,
        { id: 'zero', 'time.at': 1_000, 'caller.retention': 'zero', 'caller.user': 'ada', 'session.id': 's' },
        {
          id: 'kept',
          'time.at': 1_000,
          'caller.retention': 'retains',
          'caller.user': 'bob',
          'session.id': 's',
        },
      );
      expect(await log.strip(5_000, 'zero')).toBe(1);
      expect(await log.find('zero')).toMatchObject({ 'session.id': null, 'caller.user': null });
      expect(await log.find('kept')).toMatchObject({ 'session.id': 's', 'caller.user': 'bob' });
      const query = { from: 0, to: 9_000, grain: null, offsets: [{ from: 0, offsetMs: 0 }], teams: null };
      const users = await log.usage({ ...query, by: ['user'], only: {} });
      expect(users.map(({ values }) => values[0]).sort()).toEqual(['', 'bob']);
    });

    it('removes whole days that are too old, and keeps what they spent for budgets and bills', async () => {
      const day = 86_400_000;
      const spender = { 'caller.key': 'k', 'caller.user': 'ada', 'caller.tags': ['b', 'a', 'b'] };
      const log = await logWith(
        open,
        { ...spender, id: 'a', 'time.at': 10, 'cost.nano_usd': 7 },
        { ...spender, id: 'b', 'time.at': 20, 'cost.nano_usd': 7 },
        { ...spender, id: 'c', 'time.at': day + 10, 'cost.nano_usd': null },
        { ...spender, id: 'd', 'time.at': 2 * day, 'cost.nano_usd': 9 },
      );
      const spent = async () => {
        const rows = await log.spend({ by: 'caller', from: null, sliceMs: day, excluding: [] });
        return rows.map(({ slice, costNanoUsd }) => `${slice} ${costNanoUsd}`).sort();
      };
      const before = await spent();
      // The day that the time lies in stays.
      expect(await log.retire(2 * day + 500)).toBe(3);
      expect(await log.retire(2 * day + 500)).toBe(0);
      expect(await log.find('a')).toBeUndefined();
      expect(await log.count()).toBe(1);
      expect(await spent()).toEqual(before);
      const query = { from: 0, to: 9 * day, grain: null, offsets: [{ from: 0, offsetMs: 0 }], teams: null };
      const byTag = await log.usage({ ...query, by: ['tag'], only: {} });
      expect(byTag.map(({ values, costNanoUsd }) => `${values} ${costNanoUsd}`).sort()).toEqual([
        'a 13',
        'b 10',
      ]);
      const byUser = await log.usage({ ...query, by: ['user'], only: { key: ['k'] } });
      expect(byUser.map(({ values, requests }) => `${values} ${requests}`).sort()).toEqual([' 3', 'ada 1']);
      const left = await log.rollups({ from: 0, to: day });
      expect(left.reduce((sum, { measures }) => sum + measures.costNanoUsd, 0)).toBe(14);
      expect(left[0]).toMatchObject({ at: 0, key: 'k', tags: ['a', 'b'], rest: 1 });
      // What comes late for a day that is gone counts too, and goes with the next.
      log.append(aRecord({ ...spender, id: 'late', 'time.at': 30, 'cost.nano_usd': 100 }));
      await log.flush();
      expect(await log.retire(2 * day)).toBe(1);
      expect(await spent()).toEqual(['0 114', ...before.slice(1)]);
    });

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

    it('sums a window up, the dearest first', async () => {
      const monday = Date.UTC(2026, 10, 16, 23, 59, 59, 999);
      const log = await logWith(
        open,
        { id: 'a', 'time.at': monday, 'cost.nano_usd': 5, 'latency.total_ms': 10 },
        { id: 'b', 'time.at': monday + 1, 'cost.nano_usd': 7, 'latency.total_ms': 20, 'caller.team': 'ops' },
        {
          id: 'c',
          'time.at': monday + 2,
          'cost.nano_usd': null,
          'outcome.status': 'failed',
          'outcome.target': '',
          'task.label': null,
          sandbox: true,
        },
        { id: 'd', 'time.at': monday + 3, 'outcome.status': 'refused', 'cost.nano_usd': 0 },
        { id: 'late', 'time.at': monday + 4 },
      );
      const summary = await log.summary({ from: monday, to: monday + 4 });
      expect(summary.sandbox).toBe(true);
      expect(summary.total).toEqual({
        requests: 4,
        costNanoUsd: 12,
        withoutCost: 1,
        failed: 1,
        refused: 1,
        latencyP50Ms: 15,
        latencyP95Ms: 19.5,
      });
      expect(summary.byDay).toEqual([
        { day: '2026-11-16', requests: 1, costNanoUsd: 5 },
        { day: '2026-11-17', requests: 3, costNanoUsd: 7 },
      ]);
      expect(summary.byTeam).toEqual([
        { name: 'ops', requests: 1, costNanoUsd: 7 },
        { name: 'search', requests: 3, costNanoUsd: 5 },
      ]);
      expect(summary.byTarget).toEqual([{ name: 'anthropic/claude-opus-5', requests: 3, costNanoUsd: 12 }]);
      expect(summary.byTask.map(({ name }) => name)).toEqual(['code', 'unknown']);
    });

    it('sums nothing up to nothing', async () => {
      const log = await logWith(open);
      expect((await log.summary(always)).total).toEqual({
        requests: 0,
        costNanoUsd: 0,
        withoutCost: 0,
        failed: 0,
        refused: 0,
        latencyP50Ms: null,
        latencyP95Ms: null,
      });
      expect((await log.columns(always)).length).toBe(0);
    });

    it('sums spend up by caller, cut into slices, without requests that were booked already or invented', async () => {
      const log = await logWith(
        open,
        { id: 'a', 'time.at': 1_000, 'cost.nano_usd': 5 },
        { id: 'b', 'time.at': 1_999, 'cost.nano_usd': 9_007_199_254_740_000 },
        { id: 'c', 'time.at': 2_000, 'cost.nano_usd': 7, 'caller.team': 'ops', 'caller.tags': ['x', 'y'] },
        { id: 'early', 'time.at': 999, 'cost.nano_usd': 3 },
        { id: 'booked', 'time.at': 1_500, 'cost.nano_usd': 3 },
        { id: 'sample-1', 'time.at': 1_500, 'cost.nano_usd': 3, sandbox: true },
        { id: 'tried', 'time.at': 2_500, 'cost.nano_usd': 11, sandbox: true, 'caller.team': null },
        { id: 'free', 'time.at': 9_000, 'cost.nano_usd': 0, 'caller.team': 'nobody' },
        {
          id: 'half',
          'time.at': 2_999,
          'cost.nano_usd': null,
          'caller.team': 'half',
          'outcome.attempts': '[{"target":"a/b","cost_nano_usd":4},{"target":"a/c","cost_nano_usd":null}]',
        },
        { id: 'unpriced', 'time.at': 2_000, 'cost.nano_usd': null, 'outcome.attempts': '[]' },
      );
      const cut = { by: 'caller', from: 1_000, sliceMs: 1_000, excluding: ['booked', "o'ther"] } as const;
      const rows = (await log.spend(cut)).map(({ team, tags, slice, costNanoUsd }) =>
        [team, ...tags, slice, costNanoUsd].join(' '),
      );
      expect(rows.sort()).toEqual([
        ' 2000 11',
        'half 2000 4',
        'ops x y 2000 7',
        'search 1000 9007199254740005',
      ]);
      const whole = await log.spend({ ...cut, from: null, sliceMs: null, excluding: [] });
      expect(whole.find(({ team }) => team === 'search')).toEqual({
        team: 'search',
        project: 'ranking',
        key: 'first',
        tags: [],
        target: '',
        slice: null,
        costNanoUsd: 9_007_199_254_740_011,
      });
    });

    it('sums spend up by target, failed attempts included', async () => {
      const log = await logWith(
        open,
        {
          id: 'a',
          'cost.nano_usd': 9,
          'outcome.target': 'a/c',
          'outcome.attempts':
            '[{"target":"a/b","cost_nano_usd":4,"usage":{"usage.input_tokens":1}},{"target":"a/c","cost_nano_usd":5,"usage":null}]',
        },
        {
          id: 'b',
          'cost.nano_usd': 6,
          'outcome.target': 'a/b',
          'outcome.attempts': '[{"target":"a/b","cost_nano_usd":6}]',
        },
        { id: 'c', 'cost.nano_usd': null, 'outcome.attempts': '[{"target":"a/d","cost_nano_usd":null}]' },
      );
      const rows = await log.spend({ by: 'target', from: null, sliceMs: null, excluding: [] });
      const sums = rows.map(({ target, costNanoUsd }) => [target, costNanoUsd]);
      expect(sums.sort()).toEqual([
        ['a/b', 10],
        ['a/c', 5],
      ]);
    });

    it('gives a window as columns in order of time', async () => {
      const log = await logWith(
        open,
        { id: 'b', 'time.at': 2_000, 'task.label': null, 'request.stream': true, 'caller.tags': ['x'] },
        { id: 'a', 'time.at': 1_000, 'task.confidence': null },
        { id: 'c', 'time.at': 3_000 },
      );
      const columns = await log.columns({ from: 1_000, to: 3_000 });
      const coded = (name: 'id' | 'task.label' | 'caller.tags') => {
        const column = columns.column(name);
        return column.kind === 'coded' ? [...column.codes].map((code) => column.dictionary[code]) : [];
      };
      const numbers = (name: 'time.at' | 'task.confidence' | 'request.stream') => {
        const column = columns.column(name);
        return column.kind === 'coded' ? [] : [...column.values];
      };
      expect(columns.length).toBe(2);
      expect(coded('id')).toEqual(['a', 'b']);
      expect(coded('task.label')).toEqual(['code', null]);
      expect(coded('caller.tags')).toEqual([[], ['x']]);
      expect(numbers('time.at')).toEqual([1_000, 2_000]);
      expect(numbers('task.confidence')).toEqual([Number.NaN, 0.9]);
      expect(numbers('request.stream')).toEqual([0, 1]);
    });

    it('hashes equal records alike, in every store', async () => {
      const records = [
        { id: 'a', 'caller.tags': ['x', 'y'] },
        { id: 'b', 'task.label': null },
      ] as const;
      const log = await logWith(open, ...records);
      const reference = await logWith(async () => makeMemoryRecordLog(), ...records);
      const other = await logWith(open, { id: 'a' });
      const hash = (await log.columns(always)).hash;
      expect(hash).toBe((await reference.columns(always)).hash);
      expect(hash).not.toBe((await other.columns(always)).hash);
    });
  });
}
