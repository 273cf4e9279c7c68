import { describe, expect, it } from 'vitest';
import { KeyPool } from '#server/providers/keys/key-pool.ts';
import { maskKey } from '#server/providers/keys/mask-key.ts';
import { readRetryAfter } from '#server/providers/keys/retry-after.ts';

function aPool(...weights: number[]) {
  let now = 1_000_000;
  const pool = new KeyPool(
    weights.map((weight, index) => ({ label: `key ${index}`, weight })),
    () => now,
  );
  return {
    pool,
    wait: (ms: number) => {
      now += ms;
    },
    turns: (count: number, model = 'm') => Array.from({ length: count }, () => pool.choose(model)),
  };
}

describe('the keys of a provider', () => {
  it('take turns by weight, the heavier ones in between the others', () => {
    expect(aPool(2, 1).turns(6)).toEqual([0, 1, 0, 0, 1, 0]);
    expect(aPool(1, 1, 1).turns(6)).toEqual([0, 1, 2, 0, 1, 2]);
    expect(aPool(0.5, 0.25).turns(3)).toEqual([0, 1, 0]);
  });

  it('rest as long as the provider says, and only for the model it spoke of', () => {
    const { pool, wait, turns } = aPool(1, 1);
    pool.limited(0, 'm', 7_000);
    expect(turns(3)).toEqual([1, 1, 1]);
    expect(turns(2, 'other')).toContain(0);
    wait(6_999);
    expect(turns(1)).toEqual([1]);
    wait(1);
    expect(turns(2)).toContain(0);
  });

  it('rest longer each time where the provider does not say, up to a minute, and start afresh once served', () => {
    const { pool, wait } = aPool(1, 1);
    const rests: number[] = [];
    for (let time = 0; time < 8; time += 1) {
      pool.limited(0, 'm', null);
      const until = pool.states()[0]?.until ?? 0;
      rests.push(until);
      wait(60_000);
    }
    const lengths = rests.map((until, index) => until - (1_000_000 + index * 60_000));
    expect(lengths).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    pool.served(0, 'm');
    pool.limited(0, 'm', null);
    expect((pool.states()[0]?.until ?? 0) - (1_000_000 + 8 * 60_000)).toBe(1_000);
  });

  it('never rest longer than an hour, whatever the provider says', () => {
    const { pool } = aPool(1, 1);
    pool.limited(0, 'm', 86_400_000);
    expect(pool.states()[0]).toMatchObject({ state: 'cooling', until: 1_000_000 + 3_600_000 });
  });

  it('are left out for five minutes once refused, for every model or for one', () => {
    const { pool, wait, turns } = aPool(1, 1, 1);
    pool.refused(0, null, 'The provider answered 401.');
    pool.refused(1, 'm', 'The provider answered 403.');
    expect(turns(3)).toEqual([2, 2, 2]);
    expect(new Set(turns(4, 'other'))).toEqual(new Set([1, 2]));
    expect(pool.states()[0]).toMatchObject({ state: 'refused', reason: 'The provider answered 401.' });
    wait(300_000);
    expect(new Set(turns(6))).toEqual(new Set([0, 1, 2]));
  });

  it('are never all left out: the one that is ready soonest is asked, once', () => {
    const { pool } = aPool(1, 1);
    pool.limited(0, 'm', 9_000);
    pool.limited(1, 'm', 3_000);
    expect(pool.choose('m')).toBe(1);
    expect(pool.choose('m', new Set([1]))).toBeUndefined();
  });

  it('of which there is only one is always asked', () => {
    const { pool } = aPool(1);
    pool.refused(0, null, 'no');
    expect(pool.choose('m')).toBe(0);
    expect(pool.choose('m', new Set([0]))).toBeUndefined();
  });
});

describe('a key as it is shown', () => {
  it('is its ends at most', () => {
    expect(maskKey('sk-proj-abcdefghijklmnop')).toBe('sk-p…mnop');
    expect(maskKey('short')).toBe('…');
  });
});

describe('how long to wait', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  it.each([
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('is read from %o', (headers, ms) => {
    expect(readRetryAfter(headers as Record<string, string>, now)).toBe(ms);
  });
});
