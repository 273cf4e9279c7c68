import { expect, it } from 'vitest';
import type { RecordLog } from '#server/store/record-log.ts';
import { always, logWith } from './log-with.ts';

/** What windows and spend add up to. */
export function testSums(open: () => Promise<RecordLog>): void {
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
}
