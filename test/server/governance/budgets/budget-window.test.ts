import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slicesOf } from '#server/governance/budgets/budget-window.ts';

const at = Date.parse('2026-11-22T17:30:00Z');

describe('the window of a budget', () => {
  it.each([
    ['hour', '2026-11-22T17:00:00Z', '2026-11-22T18:00:00Z'],
    ['day', '2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['week', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['month', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['quarter', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['year', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('is the calendar’s %s', (window, from, until) => {
    expect(slicesOf({ window, kind: 'calendar', zone: 'UTC' }, at)).toMatchObject({
      from: Date.parse(from),
      until: Date.parse(until),
    });
  });

  it('begins at midnight of its own zone, on the day the clocks change too', () => {
    const berlin = { window: 'day', kind: 'calendar', zone: 'Europe/Berlin' } as const;
    const { from, until } = slicesOf(berlin, Date.parse('2026-10-25T12:00:00Z'));
    expect([from, until]).toEqual([Date.parse('2026-10-24T22:00:00Z'), Date.parse('2026-10-25T23:00:00Z')]);
  });

  it('has no end where it is for all time', () => {
    expect(slicesOf({ window: 'total', kind: 'calendar', zone: 'UTC' }, at)).toEqual({
      slice: 'total',
      counted: ['total'],
      from: null,
      until: null,
      sliceMs: null,
    });
  });

  it('rolls along: what was spent a whole window ago is out, what was spent in it is in', () => {
    const hour = { window: 'hour', kind: 'rolling', zone: 'UTC' } as const;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(7_200_000), (now, ago) => {
        const then = slicesOf(hour, Math.max(0, now - ago)).slice;
        const isCounted = slicesOf(hour, now).counted.includes(then);
        if (ago <= 3_600_000) expect(isCounted).toBe(true);
        if (ago > 3_660_000 && now - ago >= 0) expect(isCounted).toBe(false);
      }),
    );
  });
});
