import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptUsage,
  type CallCost,
  costLinesOf,
  costLinesOfRecord,
  costOf,
  costOfRecord,
  defaultPriceBook,
  type Price,
  priceOf,
  type RecordedCost,
  type Usage,
} from '#engine/catalogue/index.ts';
import { anyFlatPrice, anyUsage, aPrice, aUsage } from './builders.ts';

function aRow(attempts: readonly object[]): RecordedCost {
  return {
    'time.at': Date.parse('2026-11-22T12:00:00Z'),
    'outcome.target': 'openai/gpt-5-mini',
    'outcome.attempts': JSON.stringify(attempts),
    'usage.source': 'provider',
  };
}

/** The lines' sum; `null` as soon as one has no price. */
function sumOf({ lines }: CallCost): number | null {
  let sum: number | null = 0;
  for (const { costNanoUsd } of lines) sum = sum === null || costNanoUsd === null ? null : sum + costNanoUsd;
  return sum;
}

const anyExtra = fc.record(
  {
    webSearchCalls: fc.integer({ min: 0, max: 500 }),
    codeExecutionCalls: fc.integer({ min: 0, max: 500 }),
    serviceTier: fc.constantFrom('batch', 'priority'),
    region: fc.constantFrom('eu', 'us'),
  },
  { requiredKeys: [] },
);

/** Prices with everything a price may have, and with classes and modes that it leaves out. */
const anyPrice: fc.Arbitrary<Price> = fc
  .record({
    flat: anyFlatPrice,
    full: fc.boolean(),
    tier: fc.integer({ min: 1, max: 4_000_000 }),
    percent: fc.integer({ min: 0, max: 37 }),
    rates: fc.array(fc.integer({ min: 0, max: 99_999_999 }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ flat, full, tier, percent, rates: [input = 0, output = 0, search = 0, run = 0] }) => {
    if (!full) return flat;
    const usd = (pico: number) => (pico / 1_000_000).toFixed(6);
    return aPrice({
      input: usd(input),
      output: usd(output),
      tiers: [{ above_input_tokens: tier, input: usd(output), output: usd(input) }],
      modes: { batch: { input: usd(run), output: usd(search) } },
      periods: [{ from: '2026-11-01', until: '2026-12-01', input: usd(search), output: usd(run) }],
      per_thousand_calls: { web_search: usd(search) },
      regional_percent: percent,
    });
  });

describe('the cost of a call, line by line', () => {
  it('names the class, how many, the price of one, and what that makes', () => {
    const usage = aUsage({ inputTokens: 1_200, cacheReadTokens: 800, outputTokens: 300 });
    const { lines, costNanoUsd } = costLinesOf(usage, priceOf(defaultPriceBook, 'openai/gpt-5-mini'));
    // $0.25, $0.025 and $2 per million
    expect(lines).toEqual([
      { kind: 'tokens', class: 'inputTokens', quantity: 1_200, unitPicoUsd: 250_000, costNanoUsd: 300_000 },
      { kind: 'tokens', class: 'cacheReadTokens', quantity: 800, unitPicoUsd: 25_000, costNanoUsd: 20_000 },
      { kind: 'tokens', class: 'outputTokens', quantity: 300, unitPicoUsd: 2_000_000, costNanoUsd: 600_000 },
    ]);
    expect(costNanoUsd).toBe(920_000);
  });

  it('says which tier, way of serving, period and region the prices are of', () => {
    const price = aPrice({
      tiers: [{ above_input_tokens: 100, input: 2, output: 8 }],
      modes: { batch: { input: 0.5, output: 2 } },
      periods: [{ from: '2026-01-01', input: 3, output: 9 }],
      regional_percent: 10,
    });
    const at = Date.parse('2026-11-22T12:00:00Z');
    const plain = aUsage({ inputTokens: 101 });
    expect(costLinesOf(plain, price).basis).toEqual({
      mode: 'standard',
      aboveInputTokens: 100,
      isPeriod: false,
      region: '',
      source: 'test',
    });
    expect(costLinesOf({ ...plain, serviceTier: 'batch' }, price, at).basis).toMatchObject({
      mode: 'batch',
      aboveInputTokens: null,
      isPeriod: false,
    });
    expect(costLinesOf(plain, price, at).basis).toMatchObject({ isPeriod: true });
    expect(costLinesOf({ ...plain, region: 'eu' }, price).lines).toEqual([
      { kind: 'tokens', class: 'inputTokens', quantity: 101, unitPicoUsd: 2_000_000, costNanoUsd: 202_000 },
      { kind: 'surcharge', class: 'region', quantity: 10, unitPicoUsd: 202_000_000, costNanoUsd: 20_200 },
    ]);
  });

  it('is unknown, never 0, for a class without a price, and so is the whole', () => {
    const heard = costLinesOf(aUsage({ inputTokens: 10, audioInputTokens: 5 }), aPrice());
    expect(heard.lines.map(({ costNanoUsd }) => costNanoUsd)).toEqual([10_000, null]);
    expect(heard.costNanoUsd).toBeNull();
    const searched: Usage = { ...aUsage({ inputTokens: 10 }), webSearchCalls: 2 };
    expect(costLinesOf(searched, aPrice()).lines.at(-1)).toMatchObject({
      class: 'webSearchCalls',
      unitPicoUsd: null,
      costNanoUsd: null,
    });
    expect(costLinesOf(aUsage(), undefined)).toMatchObject({ lines: [], costNanoUsd: null });
    expect(costLinesOf({ ...aUsage(), serviceTier: 'priority' }, aPrice()).costNanoUsd).toBeNull();
  });

  it('adds up, line by line, to what the call costs, to the nano-dollar', () => {
    const at = fc.constantFrom(undefined, Date.parse('2026-11-22T12:00:00Z'));
    fc.assert(
      fc.property(anyUsage, anyExtra, anyPrice, at, (tokens, extra, price, when) => {
        const usage = { ...tokens, ...extra };
        const cost = costOf(usage, price, when);
        const told = costLinesOf(usage, price, when);
        expect(told.costNanoUsd).toBe(cost === 'unpriced' ? null : cost);
        if (told.costNanoUsd !== null) expect(sumOf(told)).toBe(told.costNanoUsd);
        for (const { kind, quantity, unitPicoUsd, costNanoUsd } of told.lines) {
          if (unitPicoUsd === null || costNanoUsd === null || kind === 'surcharge') continue;
          expect(Math.abs(costNanoUsd - (quantity * unitPicoUsd) / 1_000)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('adds up beyond exact numbers, too', () => {
    const usage = aUsage({ inputTokens: 3_000_000_000_001, outputTokens: 7, cacheReadTokens: 1 });
    const price = aPrice({ input: '0.000001', output: 3, cache_read: '999.999999' });
    expect(sumOf(costLinesOf(usage, price))).toBe(costOf(usage, price));
  });
});

describe('the cost of a record, line by line', () => {
  it('is told call by call, those without an answer left out', () => {
    const row = aRow([
      { target: 'anthropic/claude-opus-5', usage: attemptUsage(aUsage({ inputTokens: 1_000 })) },
      { target: 'openai/gpt-5.5', usage: null },
      { target: 'openai/gpt-5-mini', usage: attemptUsage(aUsage({ outputTokens: 20 })) },
    ]);
    const { calls, costNanoUsd } = costLinesOfRecord(row, defaultPriceBook);
    expect(calls?.map((call) => [call.attempt, call.target, call.costNanoUsd])).toEqual([
      [0, 'anthropic/claude-opus-5', 5_000_000],
      [2, 'openai/gpt-5-mini', 40_000],
    ]);
    expect(costNanoUsd).toBe(5_040_000);
  });

  it('is unknown where several attempts do not say what each used', () => {
    const row = aRow([{ target: 'a/b' }, { target: 'a/c' }]);
    expect(costLinesOfRecord(row, defaultPriceBook)).toEqual({ calls: null, costNanoUsd: null });
  });

  it('is what the record costs, whatever was called', () => {
    const anyTarget = fc.constantFrom(
      'openai/gpt-5-mini',
      'anthropic/claude-opus-5',
      'google/gemini-2.5-flash',
      'nobody/nothing',
    );
    const anyAttempt = fc
      .record({ target: anyTarget, usage: fc.option(anyUsage) })
      .map(({ target, usage }) => ({ target, usage: usage === null ? null : attemptUsage(usage) }));
    fc.assert(
      fc.property(fc.array(anyAttempt, { maxLength: 4 }), (attempts) => {
        const row = aRow(attempts);
        const { calls, costNanoUsd } = costLinesOfRecord(row, defaultPriceBook);
        expect(costNanoUsd).toBe(costOfRecord(row, defaultPriceBook));
        if (costNanoUsd === null) return;
        const lines = (calls ?? []).flatMap((call) => call.lines);
        expect(lines.reduce((sum, line) => sum + (line.costNanoUsd ?? 0), 0)).toBe(costNanoUsd);
      }),
    );
  });
});
