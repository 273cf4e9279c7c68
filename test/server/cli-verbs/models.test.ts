import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '#engine/catalogue/index.ts';
import { models } from '#server/cli/models.ts';
import { runVerb } from './run-verb.ts';

describe('models', () => {
  it('lists the catalogue with prices in USD per million tokens', async () => {
    const { code, out } = await runVerb(models, ['--json']);
    const list = JSON.parse(out);
    expect(code).toBe(0);
    expect(list.length).toBe(defaultCatalogue.models.size);
    expect(list.find(({ id }: { id: string }) => id === 'anthropic/claude-opus-5')).toMatchObject({
      provider: 'anthropic',
      price_usd_per_million: {
        input: 5,
        output: 25,
        cache_read: 0.5,
        cache_write: 6.25,
        cache_write_1h: 10,
        modes: { batch: { input: 2.5, output: 12.5 } },
        per_thousand_calls: { web_search: 10 },
        regional_percent: 10,
        source: 'genai-prices 0.1.8',
      },
      price_date: '2026-09-23',
      context: 1_000_000,
      max_output: 128_000,
      modalities: { input: ['text', 'image', 'file'], output: ['text'] },
      tools: true,
      reasoning: true,
      quality: { index: 50.8, source: expect.stringContaining('pi-catalog') },
      speed: { tokens_per_second: 54.9 },
    });
  });

  it('never calls an unpriced model free', async () => {
    const list = JSON.parse(
      (await runVerb(models, ['--json', '--provider', 'google', '--search', 'gemma-3'])).out,
    );
    expect(list).toMatchObject([
      { id: 'google/gemma-3-27b-it', price_usd_per_million: null, price_date: null },
    ]);
  });

  it('narrows by provider and by search, and shows a table', async () => {
    const { out } = await runVerb(models, ['--provider', 'anthropic', '--search', 'OPUS-5']);
    expect(out.split('\n')[0]).toMatch(/^model +input \$ +cached \$ +output \$/);
    expect(out).toMatch(/^anthropic\/claude-opus-5 +5 +0\.5 +25 +1M +128k/m);
    expect(out).not.toContain('sonnet');
    const { out: none } = await runVerb(models, ['--search', 'opus sonnet']);
    expect(none).toBe('No model fits.\n');
    const unknown = await runVerb(models, ['--provider', 'acme']);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('No provider is called "acme"')]);
  });

  it('narrows by what models can do and cost, and sorts with what is unknown last', async () => {
    const asked = [
      '--vision',
      '--tools',
      '--reasoning',
      '--min-context',
      '1M',
      '--max-price',
      '0.5',
      '--json',
    ];
    const { out } = await runVerb(models, [...asked, '--sort', 'quality']);
    type Listed = {
      readonly context: number;
      readonly modalities: { readonly input: readonly string[] };
      readonly price_usd_per_million: { readonly input: number };
      readonly quality: { readonly index: number } | null;
    };
    const list: readonly Listed[] = JSON.parse(out);
    expect(list.length).toBeGreaterThan(5);
    for (const { context, modalities, price_usd_per_million: price } of list) {
      expect(context).toBeGreaterThanOrEqual(1_000_000);
      expect(modalities.input).toContain('image');
      expect(price.input).toBeLessThanOrEqual(0.5);
    }
    const figures = list.map(({ quality }) => quality?.index ?? -1);
    expect(figures).toEqual(figures.toSorted((left, right) => right - left));
  });

  it('states every field of at least 200 models with its date and source', async () => {
    const list = JSON.parse((await runVerb(models, ['--json'])).out);
    const whole = list.filter(
      ({
        price_usd_per_million: price,
        max_output,
      }: {
        price_usd_per_million: object | null;
        max_output: number | null;
      }) => price !== null && max_output !== null,
    );
    expect(whole.length).toBeGreaterThanOrEqual(200);
    for (const model of list) {
      expect(typeof model.tools).toBe('boolean');
      expect(typeof model.reasoning).toBe('boolean');
      expect(model.modalities.input.length).toBeGreaterThan(0);
      expect(model.price_usd_per_million === null).toBe(model.price_date === null);
      if (model.price_date !== null) expect(model.price_date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      if (model.max_output !== null) expect(model.max_output).toBeGreaterThan(0);
      if (model.price_usd_per_million !== null) expect(model.price_usd_per_million.source).not.toBe('');
      if (model.speed !== null) expect(model.speed.source).not.toBe('');
      if (model.quality !== null) expect(model.quality.source).not.toBe('');
      expect(model.context).toBeGreaterThan(0);
    }
  });

  it('says what is wrong with a figure and what would be right', async () => {
    const wrong = [
      ['--min-context', 'big', 'such as 200000, 200k or 1M'],
      ['--max-price', 'cheap', 'such as 0.50'],
      ['--sort', 'size', 'one of id, price, output'],
      ['--reads', 'image,smell', '--reads has "smell"'],
    ] as const;
    for (const [option, value, hint] of wrong) {
      const { code, err } = await runVerb(models, [option, value]);
      expect([code, err]).toEqual([2, expect.stringContaining(hint)]);
    }
  });
});
