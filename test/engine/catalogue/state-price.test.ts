import { describe, expect, it } from 'vitest';
import { defaultPriceBook, parsePrice, statePrice } from '#engine/catalogue/index.ts';
import { aPrice } from './builders.ts';

describe('a price stated again', () => {
  it('reads back as it was, for every shipped price', () => {
    for (const [id, price] of defaultPriceBook.prices)
      expect(parsePrice(id, statePrice(price), price.source)).toEqual(price);
  });

  it('leaves out what costs the same left out', () => {
    expect(statePrice(aPrice({ cache_read: 1, reasoning: 4 }))).toEqual({ input: 1, output: 4 });
  });

  it('states in a tier what its base states, and the other way round', () => {
    const price = aPrice({
      cache_read: 0.1,
      cache_write: 1,
      tiers: [{ above_input_tokens: 10, input: 2, output: 8, cache_read: 2, cache_write: 5 }],
    });
    expect(statePrice(price)).toEqual({
      input: 1,
      output: 4,
      cache_read: 0.1,
      cache_write: 1,
      tiers: [{ above_input_tokens: 10, input: 2, output: 8, cache_read: 2, cache_write: 5 }],
    });
    expect(parsePrice('test/model', statePrice(price), 'test')).toEqual(price);
  });
});
