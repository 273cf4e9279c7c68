import { describe, expect, it } from 'vitest';
import { candidatesOf, referenceOf, replayCost } from '../../../studio/traffic/replay-candidates.ts';
import { aPolicy, calls } from '../../engine/builders.ts';

const policy = aPolicy({ only: calls('openai/gpt-5-mini') }, { id: 'support', name: 'Support' });
const versions = [2, 1].map((version) => ({ version, hash: '', note: '', author: 'ada', at: '' }));

const trial = {
  attempts: [{ node: 'only', target: 'a/b', movesOn: [], expectedCostNanoUsd: 40 }],
  refusal: null,
};
const money = { before: 90, after: 30, low: 30, high: 30 };
const none = { observed: 0, repriced: 0, modelled: 0, unknown: 0 };

describe('what a request can be replayed under', () => {
  it('is every other version and draft, its own policy first', () => {
    const others = [
      { id: 'support', name: 'Support' },
      { id: 'coding', name: 'Coding' },
    ];
    const groups = candidatesOf({ policy, versions }, others, 2);
    expect(groups.map(({ items }) => items.map(({ value }) => value))).toEqual([
      ['support', 'support@1'],
      ['coding'],
    ]);
    expect(['support', 'support@1'].map(referenceOf)).toEqual([
      { id: 'support' },
      { id: 'support', version: 1 },
    ]);
  });
});

describe('what a replayed request would have cost', () => {
  it('is told by the what-if where it is alone, and how that is known', () => {
    const alone = { records: 1, evidence: { ...none, repriced: 1 }, cost_nano_usd: money, changes: [] };
    expect(replayCost('r', 90, alone, trial)).toEqual({
      costNanoUsd: 30,
      evidence: 'the same tokens at the other target’s prices',
    });
    const unknown = { ...alone, evidence: { ...none, unknown: 1 } };
    expect(replayCost('r', 90, unknown, trial).costNanoUsd).toBeNull();
  });

  it('is what it was where others of its moment changed and it did not', () => {
    const together = { records: 3, evidence: { ...none, observed: 3 }, cost_nano_usd: money, changes: [] };
    expect(replayCost('r', 90, together, trial).costNanoUsd).toBe(90);
  });

  it('is an estimate where no what-if can be had, and nothing where nobody would be called', () => {
    expect(replayCost('r', 90, undefined, trial)).toEqual({
      costNanoUsd: 40,
      evidence: 'expected for an answer of 400 tokens',
    });
    const refusal = { node: 'no', code: 'no', status: 403, message: '' };
    expect(replayCost('r', 90, undefined, { attempts: [], refusal }).costNanoUsd).toBe(0);
  });
});
