import { expect, it } from 'vitest';
import type { RecordLog } from '#server/store/record-log.ts';
import { aRecord } from '../builders.ts';
import { logWith } from './log-with.ts';

/** What a request log keeps of its records, empties and removes. */
export function testKeeping(open: () => Promise<RecordLog>): void {
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
}
