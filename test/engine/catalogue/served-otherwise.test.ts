import { describe, expect, it } from 'vitest';
import { costOf, PriceError, parsePrice } from '#engine/catalogue/index.ts';
import { aPrice, aUsage } from './builders.ts';

const million = aUsage({ inputTokens: 1_000_000 });

describe('a call that was not served in the standard way', () => {
  const price = aPrice({
    modes: {
      batch: { input: 0.5, output: 2 },
      priority: { input: 2, output: 8, tiers: [{ above_input_tokens: 200_000, input: 4, output: 16 }] },
    },
  });

  it('costs what its mode costs, with the tiers of that mode', () => {
    expect(costOf({ ...million, serviceTier: 'batch' }, price)).toBe(500_000_000);
    expect(costOf({ ...million, serviceTier: 'priority' }, price)).toBe(4_000_000_000);
    expect(costOf(aUsage({ inputTokens: 1_000, serviceTier: 'priority' }), price)).toBe(2_000_000);
  });

  it('is unpriced in a mode that the price does not state: it may be dearer', () => {
    expect(costOf({ ...million, serviceTier: 'scale' }, price)).toBe('unpriced');
    expect(costOf({ ...million, serviceTier: 'priority' }, aPrice())).toBe('unpriced');
  });

  it('costs the stated per cent more on its tokens where a region is promised, and nothing more on calls', () => {
    const regional = aPrice({ regional_percent: 10, per_thousand_calls: { web_search: 10 } });
    // 1,000,001 × $1 × 1.1 = $1.1000011 per million, and 3 × $0.01
    const usage = aUsage({ inputTokens: 1_000_001, webSearchCalls: 3, region: 'us' });
    expect(costOf(usage, regional)).toBe(1_100_001_100 + 30_000_000);
    expect(costOf({ ...million, region: 'us' }, aPrice())).toBe(1_000_000_000);
  });
});

describe('a class that few prices know', () => {
  it('makes the call unpriced where it has no rate: audio and images out, audio in, calls of tools', () => {
    for (const name of [
      'audioInputTokens',
      'audioOutputTokens',
      'imageOutputTokens',
      'webSearchCalls',
    ] as const) {
      expect(costOf({ ...million, [name]: 1 }, aPrice())).toBe('unpriced');
      expect(costOf({ ...million, [name]: 0 }, aPrice())).toBe(1_000_000_000);
    }
  });

  it('costs the input price for images in, and the audio price for cached audio', () => {
    expect(costOf(aUsage({ imageInputTokens: 10 }), aPrice())).toBe(10_000);
    expect(costOf(aUsage({ audioCacheReadTokens: 10 }), aPrice({ audio_input: 7 }))).toBe(70_000);
    expect(costOf(aUsage({ audioCacheReadTokens: 10 }), aPrice())).toBe('unpriced');
  });

  it('counts toward the input that a tier looks at', () => {
    const price = aPrice({
      audio_input: 10,
      tiers: [{ above_input_tokens: 100, input: 2, output: 8, audio_input: 20 }],
    });
    expect(costOf(aUsage({ inputTokens: 50, audioInputTokens: 50 }), price)).toBe(50_000 + 500_000);
    expect(costOf(aUsage({ inputTokens: 51, audioInputTokens: 50 }), price)).toBe(102_000 + 1_000_000);
  });

  it('is priced by the call: USD per thousand', () => {
    const price = aPrice({
      per_thousand_calls: { web_search: '10', file_search: 2.5, code_execution: 30, social_search: 5 },
    });
    const usage = aUsage({
      webSearchCalls: 2,
      fileSearchCalls: 4,
      codeExecutionCalls: 1,
      socialSearchCalls: 3,
    });
    // 2 × $0.01 + 4 × $0.0025 + 1 × $0.03 + 3 × $0.005 = $0.075
    expect(costOf(usage, price)).toBe(75_000_000);
  });
});

describe('a price that changes', () => {
  const price = aPrice({
    periods: [
      { until: '2026-08-17', input: 3, output: 9 },
      { hours: ['01:00', '04:00'], input: 2, output: 8 },
      { hours: ['22:00', '00:30'], input: 5, output: 5 },
      { from: '2027-01-01', input: 4, output: 16 },
    ],
  });
  const at = (time: string) => costOf(million, price, Date.parse(time));

  it('is that of the day, and within it that of the hour, UTC', () => {
    expect(at('2026-08-16T23:59:59.999Z')).toBe(3_000_000_000);
    expect(at('2026-08-17T00:30:00Z')).toBe(1_000_000_000);
    expect(at('2026-11-22T01:00:00Z')).toBe(2_000_000_000);
    expect(at('2026-11-22T03:59:59Z')).toBe(2_000_000_000);
    expect(at('2026-11-22T04:00:00Z')).toBe(1_000_000_000);
    expect(at('2027-06-01T12:00:00Z')).toBe(4_000_000_000);
  });

  it('may hold over midnight', () => {
    expect(at('2026-11-22T22:00:00Z')).toBe(5_000_000_000);
    expect(at('2026-11-23T00:29:00Z')).toBe(5_000_000_000);
  });

  it('is the one on the book’s day where nobody knows the time, or the clock is relative', () => {
    expect(costOf(million, price)).toBe(1_000_000_000);
    expect(costOf(million, price, 90 * 60_000)).toBe(1_000_000_000);
  });
});

describe('a mistake in a stated price', () => {
  it.each([
    [{ modes: { Batch: { input: 1, output: 1 } } }, 'modes.Batch', 'must be a name such as batch'],
    [{ modes: { batch: { input: 1 } } }, 'modes.batch.output', 'must be USD per million tokens'],
    [{ periods: [{ input: 1, output: 1 }] }, 'periods.0', 'says when it holds'],
    [
      { periods: [{ from: '2027-01-01', until: '2026-01-01', input: 1, output: 1 }] },
      'periods.0',
      'ends before',
    ],
    [
      { periods: [{ hours: ['1:00', '04:00'], input: 1, output: 1 }] },
      'periods.0.hours.0',
      'time of the UTC day',
    ],
    [
      { cache_read: 1, periods: [{ from: '2027-01-01', input: 1, output: 1 }] },
      'periods.0.cache_read',
      'is missing',
    ],
    [{ per_thousand_calls: { web_search: -1 } }, 'per_thousand_calls.web_search', 'USD per thousand calls'],
    [{ regional_percent: 1.5 }, 'regional_percent', 'whole number of per cent'],
  ])('is named with its field: %j', (different, field, problem) => {
    const read = () => parsePrice('test/model', { input: 1, output: 4, ...different }, 'test');
    expect(read).toThrow(PriceError);
    expect(read).toThrow(`Price of test/model, ${field}: `);
    expect(read).toThrow(problem);
  });
});
