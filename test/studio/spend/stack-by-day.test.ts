import { describe, expect, it } from 'vitest';
import { stackByDay } from '../../../studio/spend/stack-by-day.ts';

const tokens = { input: 10, cacheRead: 1, cacheWrite: 0, output: 2, reasoning: 0, media: 0 };

function aRow(value: string, day: string, costNanoUsd: number, requests = 1) {
  const rest = { calls: requests, errors: 0, refused: 0, unpriced: 0, tokens };
  return { values: [value], bucket: day, costNanoUsd, requests, ...rest };
}

describe('usage by day', () => {
  const rows = [
    aRow('search', '2026-11-21', 5),
    aRow('support', '2026-11-20', 9, 3),
    aRow('search', '2026-11-20', 7),
    aRow('ads', '2026-11-20', 1),
    aRow('', '2026-11-21', 2),
  ];

  it('stacks the largest, and keeps what is left of each day', () => {
    expect(stackByDay(rows, 'cost', 2)).toEqual({
      days: ['2026-11-20', '2026-11-21'],
      series: [
        { value: 'search', total: 12, byDay: [7, 5] },
        { value: 'support', total: 9, byDay: [9, 0] },
        { value: null, total: 3, byDay: [1, 2] },
      ],
    });
  });

  it('counts requests, and tokens of all classes, and loses none', () => {
    const sum = (measure: 'requests' | 'tokens') =>
      stackByDay(rows, measure, 1).series.reduce((total, one) => total + one.total, 0);
    expect([sum('requests'), sum('tokens')]).toEqual([7, 65]);
    expect(stackByDay(rows, 'requests', 1).series[0]?.value).toBe('support');
  });

  it('is nothing where nothing was', () => {
    expect(stackByDay([], 'cost', 3)).toEqual({ days: [], series: [] });
  });
});
