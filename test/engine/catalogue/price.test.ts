import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { picoFromUsdPerMillion } from '#engine/catalogue/decimal.ts';
import { PriceError, parsePrice } from '#engine/catalogue/index.ts';
import { anyDecimal, aPrice } from './builders.ts';

describe('USD per million tokens', () => {
  it('becomes whole pico-dollars per token', () => {
    const cases = [0.1, '0.10', 0.0375, 1, '15', 0.000001, 0.003625, 0, '2.5000000'];
    const pico = [100_000, 100_000, 37_500, 1_000_000, 15_000_000, 1, 3625, 0, 2_500_000];
    expect(cases.map(picoFromUsdPerMillion)).toEqual(pico);
  });

  it('is converted exactly for every decimal of up to six places, as text and as number', () => {
    fc.assert(
      fc.property(anyDecimal, ({ text, pico }) => {
        expect(picoFromUsdPerMillion(text)).toBe(pico);
        expect(picoFromUsdPerMillion(Number(text))).toBe(pico);
      }),
    );
  });

  it('is refused when it is no plain decimal of at most six places', () => {
    const bad = [
      -1,
      '-0.1',
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '',
      ' 1',
      '1e3',
      '.5',
      '1.',
      '0x10',
      0.0000001,
    ];
    expect(bad.map(picoFromUsdPerMillion)).toEqual(bad.map(() => undefined));
    expect(picoFromUsdPerMillion(0.1 + 0.2)).toBeUndefined();
    expect(picoFromUsdPerMillion(1_000_001)).toBeUndefined();
  });
});

describe('a stated price', () => {
  it('fills the classes it leaves out without assuming a discount', () => {
    expect(aPrice({ input: 2, output: 8 })).toEqual({
      input: 2_000_000,
      cacheRead: 2_000_000,
      cacheWrite5m: 2_000_000,
      cacheWrite1h: 2_000_000,
      output: 8_000_000,
      reasoning: 8_000_000,
      imageInput: 2_000_000,
      tiers: [],
      modes: {},
      periods: [],
      calls: {},
      regionalPercent: 0,
      source: 'test',
    });
  });

  it('keeps every class it states', () => {
    const stated = {
      cache_read: 0.1,
      cache_write: 1.25,
      cache_write_1h: 2,
      reasoning: 5,
      audio_input: 3,
      audio_output: 6,
      image_input: 7,
      image_output: 8,
    };
    expect(aPrice(stated)).toMatchObject({
      cacheRead: 100_000,
      cacheWrite5m: 1_250_000,
      cacheWrite1h: 2_000_000,
      reasoning: 5_000_000,
      audioInput: 3_000_000,
      audioOutput: 6_000_000,
      imageInput: 7_000_000,
      imageOutput: 8_000_000,
    });
  });

  it.each([
    ['a missing class', { input: 1 }, 'output'],
    ['a negative rate', { input: 1, output: 1, cache_read: -1 }, 'cache_read'],
    ['a rate that is no number', { input: '1 USD', output: 1 }, 'input'],
    ['a rate that is null', { input: null, output: 1 }, 'input'],
    ['a class nobody knows', { input: 1, output: 1, cached: 1 }, 'cached'],
    ['a price that is no object', 5, 'price_usd_per_million'],
    ['no price', undefined, 'price_usd_per_million'],
    [
      'a tier without a class of the base price',
      { input: 1, output: 1, cache_read: 0.1, tiers: [{ above_input_tokens: 9, input: 2, output: 2 }] },
      'tiers.0.cache_read',
    ],
    [
      'a bad rate in a tier',
      { input: 1, output: 1, tiers: [{ above_input_tokens: 9, input: 2, output: 'two' }] },
      'tiers.0.output',
    ],
    [
      'tiers out of order',
      {
        input: 1,
        output: 1,
        tiers: [
          { above_input_tokens: 9, input: 2, output: 2 },
          { above_input_tokens: 9, input: 3, output: 3 },
        ],
      },
      'tiers.1.above_input_tokens',
    ],
  ])('names the model and the field of %s', (_, raw, field) => {
    const failed = errorOf(() => parsePrice('local/llama', raw, 'test'));
    expect(failed).toMatchObject({ model: 'local/llama', field });
    expect(failed?.message).toContain(`Price of local/llama, ${field}: `);
  });

  it('says what would be right', () => {
    const failed = errorOf(() => parsePrice('local/llama', { input: '0,10', output: 1 }, 'test'));
    expect(failed?.message).toBe(
      'Price of local/llama, input: must be USD per million tokens: a decimal from 0 to 1000000 with at most 6 decimals, not "0,10"',
    );
  });
});

function errorOf(act: () => unknown): PriceError | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof PriceError) return error;
    throw error;
  }
  return undefined;
}
