import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addUsage,
  costOf,
  defaultPriceBook,
  effectivePrices,
  nanoUsd,
  type Price,
  picoCost,
  priceOf,
  rateOfClass,
  tokenClasses,
  totalInputTokens,
  totalOutputTokens,
  totalTokens,
  type Usage,
} from '#engine/catalogue/index.ts';
import { anyFlatPrice, anyUsage, aPrice, aUsage } from './builders.ts';

describe('the cost of a call', () => {
  it('charges cached input and reasoning by their own classes', () => {
    // 1,200 × $0.25 + 800 × $0.025 + (300 + 200) × $2, per million = $0.00132
    const usage = aUsage({
      inputTokens: 1200,
      cacheReadTokens: 800,
      outputTokens: 300,
      reasoningTokens: 200,
    });
    expect(costOf(usage, priceOf(defaultPriceBook, 'openai/gpt-5-mini'))).toBe(1_320_000);
  });

  it('charges five-minute and one-hour cache writes apart', () => {
    // 1,000 × $5 + 50,000 × $0.50 + 2,000 × $6.25 + 1,000 × $10 + 500 × $25, per million = $0.065
    const usage = aUsage({
      inputTokens: 1000,
      cacheReadTokens: 50_000,
      cacheWrite5mTokens: 2000,
      cacheWrite1hTokens: 1000,
      outputTokens: 500,
    });
    expect(costOf(usage, priceOf(defaultPriceBook, 'anthropic/claude-opus-5'))).toBe(65_000_000);
  });

  it('keeps the base price up to the threshold of a tier', () => {
    const usage = aUsage({ inputTokens: 271_999 }); // × $5 per million
    expect(costOf(usage, priceOf(defaultPriceBook, 'openai/gpt-5.5'))).toBe(1_359_995_000);
  });

  it('charges every token of a call at the tier its cached and fresh input reach together', () => {
    // 200,000 × $10 + 72,000 × $1 + 100 × $45, per million = $2.0765
    const usage = aUsage({ inputTokens: 200_000, cacheReadTokens: 72_000, outputTokens: 100 });
    expect(costOf(usage, priceOf(defaultPriceBook, 'openai/gpt-5.5'))).toBe(2_076_500_000);
  });

  it('takes the highest tier that is exceeded', () => {
    const price = aPrice({
      tiers: [
        { above_input_tokens: 100, input: 2, output: 8 },
        { above_input_tokens: 200, input: 3, output: 12 },
      ],
    });
    const inputRates = [100, 101, 200, 201].map((tokens) => effectivePrices(price, tokens).input);
    expect(inputRates).toEqual([1_000_000, 2_000_000, 2_000_000, 3_000_000]);
  });

  it('charges cache classes at the input price and reasoning at the output price when nothing else is stated', () => {
    const spread = aUsage({
      inputTokens: 1,
      cacheReadTokens: 2,
      cacheWrite5mTokens: 3,
      cacheWrite1hTokens: 4,
      outputTokens: 5,
      reasoningTokens: 6,
    });
    expect(costOf(spread, aPrice())).toBe(costOf(aUsage({ inputTokens: 10, outputTokens: 11 }), aPrice()));
  });

  it('rounds half a nano-dollar up and less than half down', () => {
    const one = aUsage({ inputTokens: 1 });
    expect(costOf(one, aPrice({ input: 0.0375 }))).toBe(38);
    expect(costOf(one, aPrice({ input: 0.037499 }))).toBe(37);
  });

  it('rounds a sum once, not each class', () => {
    const usage = aUsage({ inputTokens: 1, cacheReadTokens: 1 });
    expect(costOf(usage, aPrice({ input: 0.0004, cache_read: 0.0004 }))).toBe(1);
  });

  it('is unpriced, not 0, without a price', () => {
    expect(costOf(aUsage(), undefined)).toBe('unpriced');
    expect(costOf(aUsage({ inputTokens: 10 }), priceOf(defaultPriceBook, 'nobody/nothing'))).toBe('unpriced');
  });

  it('is 0 for a model stated as free', () => {
    expect(costOf(aUsage({ inputTokens: 10, outputTokens: 10 }), aPrice({ input: 0, output: 0 }))).toBe(0);
  });

  it('stays exact where a number of pico-dollars would not', () => {
    // 9,007,199,254,743 × $0.001003 per million = 1,003 pico each
    const usage = aUsage({ inputTokens: 9_007_199_254_743 });
    const price = aPrice({ input: 0.001003 });
    expect(costOf(usage, price)).toBe(9_034_220_852_507);
    expect(() => picoCost(usage, price)).toThrow(RangeError);
  });

  it('refuses a cost beyond whole numbers and a token count that is none', () => {
    const dear = aPrice({ input: 1_000_000 });
    expect(() => costOf(aUsage({ inputTokens: 1e13 }), dear)).toThrow(RangeError);
    expect(() => costOf(aUsage({ inputTokens: 0.5 }), aPrice())).toThrow('inputTokens is 0.5');
    expect(() => picoCost(aUsage({ outputTokens: -1 }), aPrice())).toThrow('outputTokens is -1');
    expect(() => nanoUsd(-1)).toThrow(RangeError);
  });
});

describe('laws of cost', () => {
  it('has token classes that add up to the total', () => {
    fc.assert(
      fc.property(anyUsage, (usage) => {
        const sum = tokenClasses.reduce((total, name) => total + (usage[name] ?? 0), 0);
        expect(totalTokens(usage)).toBe(sum);
        expect(totalInputTokens(usage) + totalOutputTokens(usage)).toBe(sum);
      }),
    );
  });

  it('equals the sum computed with big integers', () => {
    fc.assert(
      fc.property(anyUsage, anyFlatPrice, (usage, price) => {
        const pico = bigPico(usage, price);
        expect(picoCost(usage, price)).toBe(Number(pico));
        expect(costOf(usage, price)).toBe(Number((pico + 500n) / 1000n));
      }),
    );
  });

  it('is additive before rounding and within one nano-dollar after it', () => {
    fc.assert(
      fc.property(anyUsage, anyUsage, anyFlatPrice, (a, b, price) => {
        const both = addUsage(a, b);
        expect(picoCost(both, price)).toBe(picoCost(a, price) + picoCost(b, price));
        expect(Math.abs(nano(both, price) - nano(a, price) - nano(b, price))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never falls when tokens are added', () => {
    fc.assert(
      fc.property(anyUsage, anyUsage, anyFlatPrice, (a, b, price) => {
        expect(nano(addUsage(a, b), price)).toBeGreaterThanOrEqual(nano(a, price));
      }),
    );
  });

  it('never makes an unpriced call cost a number', () => {
    fc.assert(fc.property(anyUsage, (usage) => costOf(usage, undefined) === 'unpriced'));
  });
});

function nano(usage: Usage, price: Price): number {
  const cost = costOf(usage, price);
  if (cost === 'unpriced') throw new Error('expected a price');
  return cost;
}

function bigPico(usage: Usage, price: Price): bigint {
  return tokenClasses.reduce(
    (sum, name) => sum + BigInt(usage[name] ?? 0) * BigInt(price[rateOfClass[name]] ?? 0),
    0n,
  );
}
