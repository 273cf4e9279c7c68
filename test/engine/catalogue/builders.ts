import fc from 'fast-check';
import { noUsage, type Price, parsePrice, type Usage } from '#engine/catalogue/index.ts';

export function aUsage(different: Partial<Usage> = {}): Usage {
  return { ...noUsage, ...different };
}

export function aPrice(different: Readonly<Record<string, unknown>> = {}): Price {
  return parsePrice('test/model', { input: 1, output: 4, ...different }, 'test');
}

const tokens = fc.integer({ min: 0, max: 2_000_000 });

export const anyUsage: fc.Arbitrary<Usage> = fc.record(
  {
    inputTokens: tokens,
    cacheReadTokens: tokens,
    cacheWrite5mTokens: tokens,
    cacheWrite1hTokens: tokens,
    outputTokens: tokens,
    reasoningTokens: tokens,
    audioInputTokens: tokens,
    audioCacheReadTokens: tokens,
    imageInputTokens: tokens,
    audioOutputTokens: tokens,
    imageOutputTokens: tokens,
  },
  {
    requiredKeys: [
      'inputTokens',
      'cacheReadTokens',
      'cacheWrite5mTokens',
      'cacheWrite1hTokens',
      'outputTokens',
      'reasoningTokens',
    ],
  },
);

/** A decimal text with up to six decimals, from 0 to $100 per million tokens, and its exact pico value. */
export const anyDecimal = fc.integer({ min: 0, max: 100_000_000 }).map((pico) => {
  const digits = String(pico).padStart(7, '0');
  return { pico, text: `${digits.slice(0, -6)}.${digits.slice(-6)}` };
});

const rate = anyDecimal.map(({ text }) => text);

export const anyFlatPrice: fc.Arbitrary<Price> = fc
  .record({
    input: rate,
    output: rate,
    cache_read: rate,
    cache_write: rate,
    cache_write_1h: rate,
    reasoning: rate,
    audio_input: rate,
    audio_output: rate,
    image_input: rate,
    image_output: rate,
  })
  .map((usd) => aPrice(usd));
