import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecentMap } from '#engine/recent-map.ts';

describe('a map of what was set lately', () => {
  const sets = fc.array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer()), { maxLength: 60 });

  it('holds the latest keys as they were set last, and less than twice as many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), sets, (most, list) => {
        const map = new RecentMap<number, number>(most);
        const latest = new Map<number, number>();
        for (const [key, value] of list) {
          map.set(key, value);
          latest.delete(key);
          latest.set(key, value);
          for (const [one, its] of [...latest].slice(-most)) expect(map.get(one)).toBe(its);
          const known = [...latest].filter(([one]) => map.get(one) !== undefined);
          expect(known.length).toBeLessThan(2 * most);
          for (const [one, its] of known) expect(map.get(one)).toBe(its);
        }
      }),
    );
  });

  it('knows nothing that was never set', () => {
    expect(new RecentMap<string, number>(3).get('a')).toBeUndefined();
  });
});
