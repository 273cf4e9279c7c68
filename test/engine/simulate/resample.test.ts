import { describe, expect, it } from 'vitest';
import { boundsOfChange, type GroupTotals } from '#engine/simulate/resample.ts';

/** Groups whose change alternates between two values; takes only what differs. */
function groups(count: number, different: Partial<GroupTotals> = {}): GroupTotals {
  const zeros = () => new Float64Array(count);
  return { delta: zeros(), foreign: zeros(), less: zeros(), more: zeros(), ...different };
}

describe('boundsOfChange', () => {
  it('is exact where nothing changes', () => {
    expect(boundsOfChange(groups(1_000), 77, 1)).toEqual({ low: 77, high: 77 });
  });

  it('is exact where every group changes by the same', () => {
    const delta = new Float64Array(101).fill(5);
    expect(boundsOfChange(groups(101, { delta }), 1_000, 1)).toEqual({ low: 1_505, high: 1_505 });
  });

  it('is as wide as the normal law says for a sum of many groups', () => {
    const delta = Float64Array.from({ length: 1_000 }, (_, group) => (group % 2 === 0 ? 0 : 2_000));
    const { low, high } = boundsOfChange(groups(1_000, { delta }), 0, 3);
    const halfWidth = 1.96 * 1_000 * Math.sqrt(1_000);
    expect((high - low) / 2 / halfWidth).toBeGreaterThan(0.9);
    expect((high - low) / 2 / halfWidth).toBeLessThan(1.1);
    expect(Math.abs((high + low) / 2 - 1_000_000) / halfWidth).toBeLessThan(0.15);
  });

  it('adds what another vendor may count fewer or more', () => {
    const foreign = new Float64Array(50).fill(1_000);
    expect(boundsOfChange(groups(50, { delta: foreign, foreign }), 0, 1)).toEqual({
      low: 38_500,
      high: 65_000,
    });
  });

  it('gives the same bounds for the same seed and others for another', () => {
    const delta = Float64Array.from({ length: 300 }, (_, group) => group ** 2);
    const totals = groups(300, { delta });
    expect(boundsOfChange(totals, 0, 1)).toEqual(boundsOfChange(totals, 0, 1));
    expect(boundsOfChange(totals, 0, 1)).not.toEqual(boundsOfChange(totals, 0, 2));
  });

  it('never goes below nothing', () => {
    const less = new Float64Array(10).fill(1_000);
    expect(boundsOfChange(groups(10, { less }), 500, 1).low).toBe(0);
  });
});
