import { describe, expect, it } from 'vitest';
import type { PolicyNode } from '#engine/nodes/index.ts';
import { checkPolicy, type Policy } from '#engine/policy/index.ts';
import { quickFixFor } from '../../../studio/inspector/quick-fixes.ts';
import { aPolicy, condition, model } from '../document/builders.ts';

const split = (first: number, second: number): PolicyNode => ({
  kind: 'split',
  by: 'draw',
  arms: [
    { id: 'a', share: first, to: 'm' },
    { id: 'b', share: second, to: 'm' },
  ],
});

const pool = (settings: Partial<Extract<PolicyNode, { kind: 'pool' }>>): PolicyNode => ({
  kind: 'pool',
  candidates: ['a/b'],
  require: [],
  regions: [],
  objective: 'cost',
  context_margin: 0.1,
  attempts: 3,
  on: [],
  affinity: true,
  ...settings,
});

/** The policy with every problem mended that has a quick fix, one after the other. */
function mended(policy: Policy): Policy {
  const targets = {
    stateOf: (target: string) => (target.includes('minni') ? ('unknown' as const) : ('known' as const)),
    suggest: () => 'openai/gpt-5-mini',
  };
  for (const problem of checkPolicy(policy, targets)) {
    const fix = quickFixFor(policy, problem, targets.suggest);
    if (fix !== undefined) return mended(fix.command(policy));
  }
  return policy;
}

describe('a quick fix', () => {
  it.each<[string, Policy]>([
    ['balances shares that do not add up', aPolicy({ s: split(0.5, 0.3), m: model() })],
    ['deletes what no request can reach', aPolicy({ m: model(), apart: model() })],
    ['cuts an edge to a node that is gone', aPolicy({ c: condition('gone', 'm'), m: model() })],
    ['takes the model that was meant', aPolicy({ m: model('openai/gpt-5-minni') })],
    [
      'lets requests in where nothing leads to',
      { ...aPolicy({ c: condition('m', 'm'), m: model() }), entry: null },
    ],
    ['drops the place of a node that is gone', aPolicy({ m: model() }, { gone: [0, 0] })],
    [
      'removes a case that is never reached',
      aPolicy({
        c: {
          kind: 'condition',
          cases: [
            { id: 'a', when: 'request.tools > 0', to: 'm' },
            { id: 'b', when: 'request.tools > 0', to: 'm' },
          ],
          else: 'm',
        },
        m: model(),
      }),
    ],
    ['removes a candidate that stands twice', aPolicy({ p: pool({ candidates: ['a/b', 'a/b'] }) })],
    [
      'weighs all alike where nothing counts',
      aPolicy({ p: pool({ objective: 'balanced', weights: { cost: 0, latency: 0, quality: 0 } }) }),
    ],
    [
      'removes weights that do not count',
      aPolicy({ p: pool({ weights: { cost: 1, latency: 1, quality: 0 } }) }),
    ],
    ['requires no region where none is named', aPolicy({ p: pool({ require: ['region'] }) })],
    ['requires the regions that are named', aPolicy({ p: pool({ regions: ['eu'] }) })],
    [
      'gives a cascade a check',
      // biome-ignore lint/suspicious/noThenProperty: the exit's name in the policy document, no promise
      aPolicy({ c: { kind: 'cascade', first: 'm', then: 'n', accept: {} }, m: model(), n: model() }),
    ],
    [
      'removes a transform that changes nothing',
      aPolicy({ t: { kind: 'transform', images: 'keep', redact: [], to: 'm' }, m: model() }),
    ],
    [
      'counts all requests together where the signal is none',
      aPolicy({
        l: {
          kind: 'limit',
          per: 'caller.nobody',
          amount: 1,
          unit: 'requests',
          window: 'minute',
          within: 'm',
          over: 'm',
        },
        m: model(),
      }),
    ],
  ])('%s', (_name, policy) => {
    const before = checkPolicy(policy).map((one) => one.code);
    const left = checkPolicy(mended(policy)).filter(
      (one) => before.includes(one.code) && one.code !== 'port_unconnected',
    );
    expect(mended(policy)).not.toBe(policy);
    expect(left).toEqual([]);
  });

  it('is not offered where only the author can know', () => {
    const policy = aPolicy({ c: condition(null, 'm'), m: model() });
    const [problem] = checkPolicy(policy);
    expect(problem?.code).toBe('port_unconnected');
    expect(problem && quickFixFor(policy, problem, () => undefined)).toBeUndefined();
  });
});
