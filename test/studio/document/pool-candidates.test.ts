import { describe, expect, it } from 'vitest';
import { fullSummaryOf, matchPool, summaryOf } from '../../../studio/document/index.ts';

const models = new Map(['openai/b', 'openai/a', 'google/c'].map((id) => [id, { id }]));

describe('the candidates of a pool', () => {
  it('are each target once, in the order of the patterns and then of ids', () =>
    expect(matchPool(['google/*', 'openai/*', 'openai/a'], models).ids).toEqual([
      'google/c',
      'openai/a',
      'openai/b',
    ]));

  it('hold a name that no catalogue knows, but nothing for a pattern that fits nothing', () =>
    expect(matchPool(['own/llama', 'nobody/*'], models).byPattern).toEqual([
      { pattern: 'own/llama', ids: ['own/llama'] },
      { pattern: 'nobody/*', ids: [] },
    ]));

  it('are looked up once for the same list and catalogue', () => {
    const patterns = ['openai/*'];
    expect(matchPool(patterns, models)).toBe(matchPool(patterns, models));
    expect(matchPool(patterns, new Map()).ids).toEqual([]);
  });
});

describe('the second line of a card', () => {
  const limit = {
    kind: 'limit',
    amount: 1_000_000,
    unit: 'tokens',
    window: 'day',
    within: null,
    over: null,
  } as const;

  it('says what a limit lets through, and for whom', () => {
    expect(summaryOf({ ...limit, per: 'caller.project' })).toBe('1M tokens/day per project');
    expect(summaryOf({ ...limit, amount: 5, unit: 'usd', window: 'month', per: null })).toBe('$5/month');
    expect(fullSummaryOf({ ...limit, amount: 5, unit: 'usd', window: 'month', per: null })).toBe(
      '$5 a month, all requests together',
    );
  });

  it('says what a transform changes, as far as there is room', () => {
    const transform = {
      kind: 'transform',
      parameters: { max_output_tokens: 2_000 },
      images: 'strip',
      redact: ['email', 'phone'],
      to: null,
    } as const;
    const node = { ...transform, redact: [...transform.redact] };
    expect(summaryOf(node)).toBe('Answers ≤ 2,000 tokens +2');
    expect(fullSummaryOf(node)).toBe('answers ≤ 2,000 tokens, strips images, redacts 2 kinds');
  });

  it('says how a cascade checks an answer', () =>
    expect(
      summaryOf({ kind: 'cascade', first: null, then: null, accept: { no_refusal: true, schema: true } }),
    ).toBe('Valid JSON, no refusal'));
});
