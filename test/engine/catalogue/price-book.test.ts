import { calcPrice } from '@pydantic/genai-prices';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  costOf,
  defaultCatalogue,
  defaultPriceBook,
  PriceError,
  priceOf,
  totalInputTokens,
  totalOutputTokens,
  type Usage,
  withOverrides,
} from '#engine/catalogue/index.ts';
import { anyUsage } from './builders.ts';

describe('the price book', () => {
  it('carries a version and the day of its prices', () => {
    expect(defaultPriceBook.version).toMatch(
      /^genai-prices-[\d.]+\+pi-catalog-[\d.]+\+litellm-[\d.]+\+\d{4}-\d{2}-\d{2}$/,
    );
    expect(defaultPriceBook.version.endsWith(defaultPriceBook.date)).toBe(true);
  });

  it('prices a dated snapshot as the model it is a snapshot of', () => {
    const snapshot = priceOf(defaultPriceBook, 'openai/gpt-5-mini-2025-08-07');
    expect(snapshot).toBeDefined();
    expect(snapshot).toBe(priceOf(defaultPriceBook, 'openai/gpt-5-mini'));
  });

  it('states no price of 0 but for models listed as free', () => {
    const zero = [...defaultPriceBook.prices].filter(([, { input, output }]) => input === 0 || output === 0);
    expect(zero.length).toBeGreaterThan(0);
    const answersNothing = (id: string) => defaultCatalogue.find(id)?.modalities.output.length === 0;
    expect(zero.filter(([id]) => !id.endsWith(':free') && !answersNothing(id))).toEqual([]);
    expect(priceOf(defaultPriceBook, 'openai/text-embedding-3-small')?.input).toBe(20_000);
  });

  it.each(['openai', 'anthropic', 'google', 'xai'])(
    'agrees with its source on every %s model',
    (provider) => {
      const ids = [...defaultPriceBook.prices]
        .filter(([id, { source }]) => id.startsWith(`${provider}/`) && source.startsWith('genai-prices'))
        .map(([id]) => id);
      expect(ids.length).toBeGreaterThan(10);
      fc.assert(
        fc.property(fc.constantFrom(...ids), anyUsage, fc.nat(20), (id, drawn, searches) => {
          const usage = pricedClasses(drawn, searches, id);
          const expected = sourceCost(
            provider === 'xai' ? 'x-ai' : provider,
            id.slice(provider.length + 1),
            usage,
          );
          const nano = Number(costOf(usage, priceOf(defaultPriceBook, id)));
          expect(Math.abs(nano - expected * 1e9)).toBeLessThanOrEqual(1 + expected * 1e9 * 1e-12);
        }),
        { numRuns: 500 },
      );
    },
  );
});

/** Of a drawn usage the classes that the source prices apart for this model; Google's searches are not in it. */
function pricedClasses(drawn: Usage, searches: number, id: string): Usage {
  const price = priceOf(defaultPriceBook, id)!;
  const { audioInputTokens, audioCacheReadTokens, audioOutputTokens, imageInputTokens, ...usual } = drawn;
  const { imageOutputTokens: _, ...usage } = usual;
  const hears = price.audioInput !== undefined && price.audioCacheRead !== undefined;
  // OpenAI's prices of both searches come from there, or neither.
  const bySource = price.calls.fileSearchCalls !== undefined || id.startsWith('anthropic/');
  return {
    ...usage,
    ...(hears ? { audioInputTokens: audioInputTokens ?? 0 } : {}),
    ...(hears && price.audioCacheRead !== price.audioInput
      ? { audioCacheReadTokens: audioCacheReadTokens ?? 0 }
      : {}),
    ...(price.audioOutput === undefined ? {} : { audioOutputTokens: audioOutputTokens ?? 0 }),
    imageInputTokens: imageInputTokens ?? 0,
    ...(bySource && !id.startsWith('xai/') && price.calls.webSearchCalls !== undefined
      ? { webSearchCalls: searches }
      : {}),
  };
}

function sourceCost(providerId: string, model: string, usage: Parameters<typeof costOf>[0]): number {
  const cacheWrites = usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  const found = calcPrice(
    {
      input_tokens: totalInputTokens(usage),
      cache_read_tokens: usage.cacheReadTokens + (usage.audioCacheReadTokens ?? 0),
      cache_audio_read_tokens: usage.audioCacheReadTokens ?? 0,
      input_audio_tokens: (usage.audioInputTokens ?? 0) + (usage.audioCacheReadTokens ?? 0),
      output_audio_tokens: usage.audioOutputTokens ?? 0,
      web_searches: usage.webSearchCalls ?? 0,
      cache_write_tokens: cacheWrites,
      cache_write_1h_tokens: usage.cacheWrite1hTokens,
      output_tokens: totalOutputTokens(usage),
    },
    model,
    { providerId, timestamp: new Date(`${defaultPriceBook.date}T12:00:00Z`) },
  );
  if (found === null) throw new Error(`${providerId}/${model} has no price in the source`);
  return found.total_price;
}

describe('overrides', () => {
  it('add a price for a model of one’s own', () => {
    const book = withOverrides(defaultPriceBook, {
      'local/llama': { input: 0.1, output: '0.40', cache_read: 0.01 },
    });
    expect(priceOf(book, 'local/llama')).toMatchObject({
      input: 100_000,
      cacheRead: 10_000,
      output: 400_000,
    });
    expect(priceOf(defaultPriceBook, 'local/llama')).toBeUndefined();
  });

  it('replace the whole price, tiers included, for the id and its snapshots', () => {
    const book = withOverrides(defaultPriceBook, { 'openai/gpt-5.5': { input: 4, output: 20 } });
    const price = priceOf(book, 'openai/gpt-5.5-2026-04-23');
    expect(price).toMatchObject({ input: 4_000_000, cacheRead: 4_000_000, tiers: [], source: 'override' });
  });

  it('give the book another version, the same for the same overrides in any order', () => {
    const a = { 'local/a': { input: 1, output: 1 } };
    const b = { 'local/b': { input: '2.0', output: 2 } };
    const versions = [{ ...a, ...b }, { ...b, ...a }, { ...a, 'local/b': { input: 2, output: 2 } }, a].map(
      (overrides) => withOverrides(defaultPriceBook, overrides).version,
    );
    expect(new Set(versions.slice(0, 3)).size).toBe(1);
    expect(new Set([...versions, defaultPriceBook.version]).size).toBe(3);
    expect(withOverrides(defaultPriceBook, {}).version).toBe(defaultPriceBook.version);
  });

  it('never fall back to the old price when the new one cannot be read', () => {
    const malformed = { 'openai/gpt-5-mini': { input: 0.25, output: 'two' } };
    expect(() => withOverrides(defaultPriceBook, malformed)).toThrow(PriceError);
    expect(() => withOverrides(defaultPriceBook, malformed)).toThrow('Price of openai/gpt-5-mini, output: ');
  });
});
