import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attemptUsage,
  costOf,
  costOfRecord,
  defaultPriceBook,
  noUsage,
  priceOf,
  type RecordedCost,
  usageColumns,
  usageOfColumns,
} from '#engine/catalogue/index.ts';
import { anyUsage, aUsage } from './builders.ts';

const mini = 'openai/gpt-5-mini';
const opus = 'anthropic/claude-opus-5';

function aRow(different: Partial<RecordedCost>): RecordedCost {
  return {
    'time.at': Date.parse('2026-11-22T12:00:00Z'),
    'outcome.target': mini,
    'outcome.attempts': '[]',
    'usage.source': 'provider',
    ...different,
  };
}

describe('the cost of a record, worked out again', () => {
  it('is the sum of what its attempts used, each at its own target', () => {
    const [first, second] = [aUsage({ inputTokens: 1_000 }), aUsage({ inputTokens: 10, outputTokens: 20 })];
    const attempts = [
      { target: opus, usage: attemptUsage(first) },
      { target: 'openai/gpt-5.5', usage: null },
      { target: mini, usage: attemptUsage(second) },
    ];
    const row = aRow({ 'outcome.attempts': JSON.stringify(attempts) });
    // 1,000 × $5, then 10 × $0.25 + 20 × $2, per million
    expect(costOfRecord(row, defaultPriceBook)).toBe(5_000_000 + 42_500);
  });

  it('is 0 where nothing was called, and unknown where a price is', () => {
    expect(costOfRecord(aRow({}), defaultPriceBook)).toBe(0);
    const attempts = JSON.stringify([{ target: 'nobody/nothing', usage: { input_tokens: 1 } }]);
    expect(costOfRecord(aRow({ 'outcome.attempts': attempts }), defaultPriceBook)).toBeNull();
  });

  it('takes the columns of a single attempt from before attempts carried their usage', () => {
    const usage = aUsage({ inputTokens: 1_000_000 });
    const row = aRow({ 'outcome.attempts': JSON.stringify([{ target: mini }]), ...usageColumns(usage) });
    expect(costOfRecord(row, defaultPriceBook)).toBe(250_000_000);
    const two = JSON.stringify([{ target: mini }, { target: mini }]);
    expect(costOfRecord({ ...row, 'outcome.attempts': two }, defaultPriceBook)).toBeNull();
  });
});

describe('laws of recorded usage', () => {
  it('is read back from its columns as it was', () => {
    fc.assert(
      fc.property(anyUsage, fc.constantFrom('', 'batch'), (counts, tier) => {
        const usage = { ...noUsage, ...counts, ...(tier === '' ? {} : { serviceTier: tier }) };
        const read = usageOfColumns(usageColumns(usage));
        expect(usageColumns(read)).toEqual(usageColumns(usage));
      }),
    );
  });

  it('in an attempt gives the cost of the usage it was written from', () => {
    fc.assert(
      fc.property(anyUsage, fc.constantFrom(mini, opus, 'google/gemini-2.5-flash'), (usage, target) => {
        const row = aRow({ 'outcome.attempts': JSON.stringify([{ target, usage: attemptUsage(usage) }]) });
        const cost = costOf(usage, priceOf(defaultPriceBook, target), row['time.at'] ?? undefined);
        expect(costOfRecord(row, defaultPriceBook)).toBe(cost === 'unpriced' ? null : cost);
      }),
    );
  });
});
