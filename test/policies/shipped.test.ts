import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook, priceOf } from '#engine/catalogue/index.ts';
import { checkPolicy, edgesOf, type TargetView, writePolicy } from '#engine/policy/index.ts';
import { policyNames, policyText, readShipped } from './play-cases.ts';

const shipped: TargetView = {
  stateOf: (target) =>
    defaultCatalogue.find(target) === undefined
      ? 'unknown'
      : priceOf(defaultPriceBook, target) === undefined
        ? 'unpriced'
        : 'known',
  suggest: (target) => defaultCatalogue.suggest(target)[0],
};

it('ships the policy of the first start and at least four more', () => {
  expect(policyNames).toContain('support');
  expect(policyNames.length).toBeGreaterThanOrEqual(5);
});

describe.each(policyNames)('%s', (name) => {
  it('has nothing to be warned of, and calls models that exist and have a price', () => {
    expect(checkPolicy(readShipped(name), shipped)).toEqual([]);
  });

  it('is written as the one writer writes it', () => {
    expect(policyText(name)).toBe(writePolicy(readShipped(name)));
  });

  it('is named like its file', () => {
    expect(readShipped(name).id).toBe(name);
  });

  it('has a place for every node, none on top of another, and leads from left to right', () => {
    const { nodes, layout } = readShipped(name);
    expect(Object.keys(layout).sort()).toEqual(Object.keys(nodes).sort());
    const places = Object.entries(layout);
    for (const [id, [x, y]] of places) {
      const touching = places.filter(
        ([other, at]) => other !== id && Math.abs(at[0] - x) < 260 && Math.abs(at[1] - y) < 160,
      );
      expect(touching.map(([other]) => `${id} touches ${other}`)).toEqual([]);
    }
    for (const { from, to } of edgesOf(readShipped(name))) {
      expect(layout[from]![0], `${from} → ${to}`).toBeLessThan(layout[to]![0]);
    }
  });
});
