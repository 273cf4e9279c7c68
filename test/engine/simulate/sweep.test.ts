import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import {
  cheapestWith,
  columnsFromRecords,
  findPlace,
  placesIn,
  simulate,
  sweepPolicy,
} from '#engine/simulate/index.ts';
import { aPolicy, calls } from '../builders.ts';
import { aRecord } from './builders.ts';

const policy = aPolicy({
  size: {
    kind: 'condition',
    cases: [{ id: 'long', when: 'request.input_tokens > 500 && caller.team != "a1 7"', to: 'trial' }],
    else: 'small',
  },
  trial: {
    kind: 'split',
    by: 'draw',
    arms: [
      { id: 'a', share: 0.6, to: 'large' },
      { id: 'b', share: 0.2, to: 'small' },
      { id: 'c', share: 0.2, to: 'small' },
    ],
  },
  small: calls('openai/gpt-5-mini'),
  large: calls('openai/gpt-5.5'),
});
const columns = columnsFromRecords(
  Array.from({ length: 100 }, (_, row) =>
    aRecord({ id: `r${row}`, 'request.input_tokens': 10 * row, draw: row / 100, 'task.difficulty': 0.5 }),
  ),
);
const world = { columns, baseline: null, catalogue: defaultCatalogue, priceBook: defaultPriceBook, seed: 1 };

function planOf(one: Policy) {
  const compiled = compilePolicy(one);
  return compiled.kind === 'ok' ? compiled.plan : undefined;
}

function sweep(name: string, from: number, to: number, steps: number, minQuality: number | null = null) {
  const found = findPlace(policy, name);
  if (found.kind === 'none') throw new Error(found.message);
  return sweepPolicy({ place: found.place, from, to, steps, minQuality, planOf }, world);
}

describe('a sweep', () => {
  it('knows every number that can be varied, and no digit of a text or a name', () => {
    expect(placesIn(policy).map(({ name, value }) => [name, value])).toEqual([
      ['size.cases.long', 500],
      ['trial.arms.a', 0.6],
      ['trial.arms.b', 0.2],
      ['trial.arms.c', 0.2],
    ]);
    expect(findPlace(policy, 'size.cases.short')).toMatchObject({
      kind: 'none',
      message: expect.stringContaining('size.cases.long, trial.arms.a'),
    });
  });

  it('says at every setting what a what-if of that setting says', () => {
    const { points, present } = sweep('size.cases.long', 0, 1_000, 5);
    expect(present).toBe(500);
    expect(points.map(({ value }) => value)).toEqual([0, 250, 500, 750, 1_000]);
    for (const { value, cost_nano_usd, moved } of points) {
      const found = findPlace(policy, 'size.cases.long');
      const candidate = found.kind === 'found' ? planOf(found.place.set(value)) : undefined;
      const result = simulate({ ...world, candidate: candidate! });
      expect([cost_nano_usd, moved]).toEqual([result.cost_nano_usd, result.changed / 100]);
    }
  });

  it('has the present setting among its points', () =>
    expect(sweep('trial.arms.a', 0, 1, 2).points.map(({ value }) => value)).toEqual([0, 0.6, 1]));

  it('gives the other arms of a split what is left, as they shared it', () => {
    const found = findPlace(policy, 'trial.arms.a');
    const changed = found.kind === 'found' ? found.place.set(0.2) : policy;
    const node = changed.nodes.trial;
    expect(node?.kind === 'split' && node.arms.map(({ share }) => share)).toEqual([0.2, 0.4, 0.4]);
  });

  it('finds the cheapest setting that keeps the quality asked for', () => {
    const all = sweep('trial.arms.a', 0, 1, 5, 0);
    expect(all.cheapest?.value).toBe(0);
    const best = Math.max(...all.points.map(({ quality }) => quality ?? 0));
    expect(cheapestWith(all.points, best)?.value).toBe(1);
    expect(sweep('trial.arms.a', 0, 1, 5, 101).cheapest).toEqual({ min_quality: 101, value: null });
  });
});
