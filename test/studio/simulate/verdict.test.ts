import { describe, expect, it } from 'vitest';
import { notTold } from '../../../engine/simulate/not-told.ts';
import type { SimulationResult } from '../../../engine/simulate/result.ts';
import { shortVerdictOf, verdictOf } from '../../../studio/simulate/verdict.ts';

const usd = 1_000_000_000;

/** A what-if of 100 records that changes nothing, but for what a test says. */
function aResult(change: Partial<SimulationResult> = {}): SimulationResult {
  return {
    ...notTold(),
    records: 100,
    changed: 0,
    evidence: { observed: 100, repriced: 0, modelled: 0, unknown: 0 },
    cost_nano_usd: { before: 812 * usd, after: 812 * usd, low: 812 * usd, high: 812 * usd },
    without_cost: { before: 0, after: 0 },
    latency_ms: { before: null, after: null },
    refused: { before: 0, after: 0 },
    by_target: [],
    by_edge: [],
    transitions: [],
    by_team: [],
    by_day: [],
    changes: [],
    seed: 1,
    policy_hash: 'a',
    baseline_hash: '',
    records_hash: 'b',
    price_book: 'c',
    assumptions: [],
    ...change,
  };
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('the verdict of a what-if', () => {
  it('says what is saved, how surely, how much moves and what nobody knows', () => {
    const result = aResult({
      changed: 31,
      evidence: { observed: 60, repriced: 6, modelled: 30, unknown: 4 },
      cost_nano_usd: { before: 812 * usd, after: 598 * usd, low: 580 * usd, high: 616 * usd },
    });
    expect(plain(verdictOf(result, 'the last 14 days'))).toBe(
      'Saves $214.00 ± $18.00 over the last 14 days; 31 % of requests (31) are decided differently; 4 % cannot be estimated.',
    );
  });
  it('says so when nothing changes', () =>
    expect(verdictOf(aResult(), 'the last day')).toBe(
      'Costs the same over the last day; no request is decided differently.',
    ));
  it('does not call a dearer draft a saving', () =>
    expect(
      verdictOf(aResult({ cost_nano_usd: { before: 0, after: 2 * usd, low: 2 * usd, high: 2 * usd } }), 'it'),
    ).toContain('Costs $2.00 more over it'));
  it('does not take a side where the interval holds the cost before', () => {
    const result = aResult({
      changed: 29,
      cost_nano_usd: { before: 627 * usd, after: 847 * usd, low: 614 * usd, high: 1_176 * usd },
    });
    expect(verdictOf(result, 'it')).toContain('May save or cost: between −$13.00 and +$549.00 over it');
    expect(shortVerdictOf(result)).toMatchObject({
      tone: 'neutral',
      changeText: expect.stringContaining('uncertain'),
    });
  });
  it('says that there is nothing to replay', () =>
    expect(verdictOf(aResult({ records: 0 }), 'the last day')).toBe(
      'There is no traffic in the last day to replay.',
    ));
  it('has a short form for the editor', () => {
    const result = aResult({
      changed: 31,
      cost_nano_usd: { before: 812 * usd, after: 640 * usd, low: 640 * usd, high: 640 * usd },
    });
    const { before, after, changeText, tone, moved } = shortVerdictOf(result);
    expect([before, after, changeText, tone, moved].map(plain)).toEqual([
      '$812.00',
      '$640.00',
      '−21 %',
      'good',
      '31 % of requests take another way',
    ]);
  });
});
