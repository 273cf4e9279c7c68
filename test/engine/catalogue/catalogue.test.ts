import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '#engine/catalogue/glob.ts';
import {
  CatalogueFile,
  CatalogueModel,
  defaultCatalogue,
  defaultPriceBook,
  findModel,
  makeCatalogue,
  withModels,
} from '#engine/catalogue/index.ts';
import { editDistance } from '#engine/nearest.ts';

const aModel = (id: string, different = {}) => CatalogueModel.parse({ id, ...different });

describe('the shipped catalogue', () => {
  it('knows hundreds of models of many providers', () => {
    const providers = new Set([...defaultCatalogue.models.values()].map(({ provider }) => provider));
    expect(defaultCatalogue.models.size).toBeGreaterThan(300);
    expect(providers.size).toBeGreaterThan(15);
  });

  it.each([
    'openai/gpt-5-mini',
    'openai/gpt-5-nano',
    'openai/gpt-5.5',
    'openai/gpt-4.1',
    'anthropic/claude-opus-5',
    'anthropic/claude-sonnet-5',
    'anthropic/claude-haiku-4-5',
    'google/gemini-2.5-pro',
    'google/gemini-2.5-flash',
  ])('has %s with a context window and a price', (id) => {
    expect(findModel(defaultCatalogue, id)).toMatchObject({ id, priceDate: expect.any(String) });
    expect(findModel(defaultCatalogue, id)?.context).toBeGreaterThan(100_000);
    expect(defaultPriceBook.prices.has(id)).toBe(true);
  });

  it('has a price date for the priced models and for no other', () => {
    const wrong = [...defaultCatalogue.models.values()].filter(
      ({ id, priceDate }) => (priceDate !== null) !== defaultPriceBook.prices.has(id),
    );
    expect(wrong).toEqual([]);
  });

  it('has no alias that is a model or belongs to two', () => {
    const aliases = [...defaultCatalogue.models.values()].flatMap((model) => model.aliases);
    expect(aliases.filter((alias) => defaultCatalogue.models.has(alias))).toEqual([]);
    expect(new Set(aliases).size).toBe(aliases.length);
  });

  it('says nothing about retention, which only an admin can', () => {
    const stated = [...defaultCatalogue.models.values()].filter(({ retention }) => retention !== 'unknown');
    expect(stated).toEqual([]);
  });

  it.each([
    ['deepseek/deepseek-v4-flash', 'fireworks/deepseek-v4-flash', 'openrouter/deepseek/deepseek-v4-flash'],
    ['anthropic/claude-opus-5', 'bedrock/anthropic.claude-opus-5', 'openrouter/anthropic/claude-opus-5'],
    ['moonshot/kimi-k2.5', 'together/moonshotai/Kimi-K2.5', 'fireworks/kimi-k2.5'],
  ])('gives %s one quality at every host', (...ids) => {
    const qualities = ids.map((id) => findModel(defaultCatalogue, id)?.quality?.index);
    expect(qualities[0]).toBeGreaterThan(0);
    expect(new Set(qualities).size).toBe(1);
  });

  it('stays small enough for a browser', () => {
    const file = new URL('../../../engine/catalogue/catalogue.generated.json', import.meta.url);
    expect(readFileSync(file).length).toBeLessThan(400_000);
  });
});

describe('a catalogue', () => {
  const catalogue = makeCatalogue([
    aModel('openai/gpt-5', { aliases: ['openai/gpt-5-2025-08-07'] }),
    aModel('openai/o3'),
    aModel('google/gemini-2.5-pro'),
    aModel('together/openai/gpt-oss-20b'),
  ]);
  const ids = (pattern: string) => catalogue.match(pattern).map(({ id }) => id);

  it('matches globs in its own order', () => {
    expect(ids('google/*')).toEqual(['google/gemini-2.5-pro']);
    expect(ids('openai/gpt-*')).toEqual(['openai/gpt-5']);
    expect(ids('*gpt*')).toEqual(['openai/gpt-5', 'together/openai/gpt-oss-20b']);
    expect(ids('*')).toHaveLength(4);
    expect(ids('mistral/*')).toEqual([]);
  });

  it('finds and matches a model by its alias', () => {
    expect(catalogue.find('openai/gpt-5-2025-08-07')?.id).toBe('openai/gpt-5');
    expect(ids('openai/gpt-5-2025-08-07')).toEqual(['openai/gpt-5']);
    expect(catalogue.find('openai/gpt-6')).toBeUndefined();
  });

  it('takes added models and lets them replace what has the same id', () => {
    const more = withModels(catalogue, [aModel('local/llama'), aModel('openai/o3', { context: 1000 })]);
    expect(more.models.size).toBe(5);
    expect(more.find('openai/o3')?.context).toBe(1000);
    expect(catalogue.find('openai/o3')?.context).toBeNull();
  });

  it('suggests what an unknown id may have meant, the closest first', () => {
    expect(catalogue.suggest('openai/gpt5')[0]).toBe('openai/gpt-5');
    expect(catalogue.suggest('gemini-2-5-pro')).toEqual(['google/gemini-2.5-pro']);
    expect(catalogue.suggest('nobody/has-ever-heard-of-this')).toEqual([]);
    expect(defaultCatalogue.suggest('antropic/claude-opus5')[0]).toBe('anthropic/claude-opus-5');
  });

  it('fills what a model of one’s own leaves out', () => {
    expect(aModel('local/meta/llama', { context: 128_000 })).toMatchObject({
      provider: 'local',
      model: 'meta/llama',
      name: 'meta/llama',
      context: 128_000,
      maxOutput: null,
      modalities: { input: ['text'], output: ['text'] },
      tools: true,
      retention: 'unknown',
      priceDate: null,
    });
  });

  it('refuses an id without a provider', () => {
    expect(() => aModel('llama')).toThrow('must be <provider>/<model>');
  });

  it('refuses a file with a key it does not know', () => {
    const file = { format: 1, version: 'x', date: '2026-11-22', sources: [], figures: '', providers: {} };
    expect(CatalogueFile.safeParse(file).success).toBe(true);
    expect(CatalogueFile.safeParse({ ...file, prices: {} }).success).toBe(false);
  });
});

describe('globs', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 10 });

  it('mean what the same regular expression means', () => {
    fc.assert(
      fc.property(letters, text, (pattern, candidate) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(candidate);
        expect(matchesGlob(pattern, candidate)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('mean models that answer, unless nothing else fits', () => {
    const ids = (pattern: string) => defaultCatalogue.match(pattern).map(({ id }) => id);
    expect(ids('openai/*')).toContain('openai/gpt-5-mini');
    expect(ids('openai/*')).not.toContain('openai/text-embedding-3-small');
    expect(ids('openai/text-embedding-3-*')).toEqual([
      'openai/text-embedding-3-small',
      'openai/text-embedding-3-large',
    ]);
  });

  it('take dots and other signs literally', () => {
    expect(matchesGlob('openai/gpt-5.5*', 'openai/gpt-5x5')).toBe(false);
    expect(matchesGlob('openai/gpt-5.5*', 'openai/gpt-5.5-pro')).toBe(true);
  });
});

describe('edit distance', () => {
  it('counts inserted, removed and replaced characters', () => {
    expect([
      editDistance('', 'abc'),
      editDistance('kitten', 'sitting'),
      editDistance('same', 'same'),
    ]).toEqual([3, 3, 0]);
  });

  it('is a metric', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});
