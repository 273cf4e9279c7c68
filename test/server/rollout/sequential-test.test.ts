import { describe, expect, it } from 'vitest';
import { fewest, RunningMean, shareMeasure, worseThan } from '#server/rollout/sequential-test.ts';

/** Numbers in [0, 1), the same for a seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whether a test that is looked at after every pair of requests ever says that the candidate fails more. */
function everWorse(random: () => number, [before, after]: readonly [number, number], pairs: number): boolean {
  let [baselineFailed, candidateFailed] = [0, 0];
  for (let count = 1; count <= pairs; count += 1) {
    if (random() < before) baselineFailed += 1;
    if (random() < after) candidateFailed += 1;
    const arms = [shareMeasure(baselineFailed, count), shareMeasure(candidateFailed, count)] as const;
    if (worseThan(...arms, { margin: 0, scale: 0.05 }) < 0.01) return true;
  }
  return false;
}

describe('the test between the arms of a rollout', () => {
  it('hardly ever blames a candidate that is no worse, however often it is looked at', () => {
    const random = randomFrom(7);
    const runs = 400;
    let blamed = 0;
    for (let run = 0; run < runs; run += 1) if (everWorse(random, [0.03, 0.03], 1_500)) blamed += 1;
    // α is 1 %: four in 400 are to be expected at most, ten would be far too many.
    expect(blamed).toBeLessThan(10);
  });

  it('finds a candidate that fails more', () => {
    const random = randomFrom(8);
    let found = 0;
    for (let run = 0; run < 50; run += 1) if (everWorse(random, [0.02, 0.15], 1_500)) found += 1;
    expect(found).toBe(50);
  });

  it('says nothing on a few requests, nor against a candidate that is better', () => {
    const few = shareMeasure(fewest - 1, fewest - 1);
    expect(worseThan(shareMeasure(0, 1_000), few, { margin: 0, scale: 0.1 })).toBe(1);
    expect(worseThan(shareMeasure(500, 1_000), shareMeasure(1, 1_000), { margin: 0, scale: 0.1 })).toBe(1);
  });

  it('leaves a margin', () => {
    const arms = [shareMeasure(20, 1_000), shareMeasure(60, 1_000)] as const;
    expect(worseThan(...arms, { margin: 0, scale: 0.05 })).toBeLessThan(0.01);
    expect(worseThan(...arms, { margin: 0.1, scale: 0.05 })).toBe(1);
  });
});

describe('a running mean', () => {
  it('is the mean and the variance of what was added', () => {
    const mean = new RunningMean();
    for (const value of [2, 4, 4, 4, 5, 5, 7, 9]) mean.add(value);
    expect([mean.count, mean.mean]).toEqual([8, 5]);
    expect(mean.variance).toBeCloseTo(32 / 7, 12);
  });
});
