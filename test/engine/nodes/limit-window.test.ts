import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitWindow, limitWindows, windowEnd, windowStart } from '#engine/nodes/index.ts';

const noon = Date.UTC(2026, 10, 18, 12, 0, 0);

describe('a window of a limit', () => {
  it('begins with the minute, hour, day or month of UTC', () => {
    const at = Date.UTC(2026, 10, 18, 14, 37, 12, 345);
    expect(limitWindows.map((length) => new Date(windowStart(length, at)).toISOString())).toEqual([
      '2026-11-18T14:37:00.000Z',
      '2026-11-18T14:00:00.000Z',
      '2026-11-18T00:00:00.000Z',
      '2026-11-01T00:00:00.000Z',
    ]);
    expect(new Date(windowEnd('month', at)).toISOString()).toBe('2026-12-01T00:00:00.000Z');
  });

  it('counts by key, and starts anew at its end', () => {
    const used = new LimitWindow('minute');
    used.take('a', 2, noon);
    used.take('a', 3, noon + 59_999);
    used.take('b', 1, noon + 59_999);
    expect([used.used('a', noon + 59_999), used.used('b', noon + 59_999)]).toEqual([5, 1]);
    expect(used.used('a', noon + 60_000)).toBe(0);
  });

  it('forgets what comes late for a window that is over', () => {
    const used = new LimitWindow('minute');
    used.take('a', 1, noon + 60_000);
    used.take('a', 7, noon);
    expect(used.used('a', noon + 60_001)).toBe(1);
  });

  it('holds what fell into the window of the moment, whatever the order inside it', () => {
    const events = fc.array(
      fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 9 }), fc.nat({ max: 200_000 })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...limitWindows), events, (length, list) => {
        const sorted = list.toSorted((one, other) => one[2] - other[2]);
        const window = new LimitWindow(length);
        for (const [key, amount, after] of sorted) window.take(key, amount, noon + after);
        const now = noon + (sorted.at(-1)?.[2] ?? 0);
        const expected = sorted
          .filter(
            ([key, , after]) => key === 'a' && windowStart(length, noon + after) === windowStart(length, now),
          )
          .reduce((sum, [, amount]) => sum + amount, 0);
        expect(window.used('a', now)).toBe(expected);
      }),
    );
  });
});
