import { describe, expect, it } from 'vitest';
import type { PolicyNode } from '#engine/nodes/index.ts';
import { checkPolicy, type Policy } from '#engine/policy/index.ts';
import { choiceFixFor } from '../../../studio/inspector/choice-fixes.ts';
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
    [
      'takes the signal that was meant',
      aPolicy({
        c: { kind: 'condition', cases: [{ id: 'a', when: 'request.toools > 0', to: 'm' }], else: 'm' },
        m: model(),
      }),
    ],
    [
      'gives the second of two cases an id of its own',
      aPolicy({
        c: {
          kind: 'condition',
          cases: [
            { id: 'a', when: 'request.tools > 0', to: 'm' },
            { id: 'a', when: 'request.input_tokens > 9', to: 'm' },
          ],
          else: 'm',
        },
        m: model(),
      }),
    ],
    [
      'removes a fallback of one try',
      aPolicy({ f: { kind: 'fallback', try: ['m'], on: ['timeout'] }, m: model() }),
    ],
    [
      'takes a node that is gone, or of another group, out of a group, and an empty group away',
      {
        ...aPolicy({ m: model() }),
        groups: {
          a: { name: 'A', nodes: ['m', 'gone'], collapsed: false },
          b: { name: 'B', nodes: ['m'], collapsed: false },
          c: { name: 'C', nodes: [], collapsed: false },
        },
      },
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

describe('a quick fix that asks', () => {
  const row = (id: string, context: number, priceInput: number, served: 'sandbox' | 'none' = 'sandbox') =>
    ({
      id,
      provider: id.split('/')[0] ?? '',
      family: 'f',
      context,
      priceInput,
      priceOutput: 2 * priceInput,
      served,
      input: ['text'],
      output: ['text'],
      tools: true,
      reasoning: null,
      jsonSchema: null,
      deprecated: false,
    }) as Parameters<typeof choiceFixFor>[2][number];
  const models = [
    row('a/small', 8_000, 1),
    row('a/large', 1_000_000, 3),
    row('b/larger', 2_000_000, 2),
    row('c/away', 9_000_000, 1, 'none'),
  ];
  const problemOf = (policy: Policy, code: string) => {
    const found = checkPolicy(policy).find((one) => one.code === code);
    if (found === undefined) throw new Error(`No ${code}.`);
    return found;
  };

  it('leads an open exit to what it may lead to, to a new cheap model, or refuses', () => {
    const policy = aPolicy({ c: condition('m', null), m: model() });
    const fix = choiceFixFor(policy, problemOf(policy, 'port_unconnected'), models);
    expect(fix?.label).toBe('Add “else”…');
    expect(fix?.choices.map(({ label }) => label)).toEqual([
      'gpt-5-mini',
      'New model: small',
      'Refuse these requests',
    ]);
    for (const { command } of fix?.choices ?? []) expect(checkPolicy(command(policy))).toEqual([]);
  });

  it('leads an exit to what no request can reach', () => {
    const policy = aPolicy({
      f: { kind: 'fallback', try: ['m'], on: ['timeout'] },
      m: model(),
      n: model('a/b'),
    });
    const fix = choiceFixFor(policy, problemOf(policy, 'unreachable'), models);
    expect(fix?.choices.map(({ label, hint }) => [label, hint])).toEqual([['Fallback', 'one more try']]);
    expect(fix?.choices[0]?.command(policy).nodes.f).toMatchObject({ try: ['m', 'n'] });
  });

  it('raises the context: models that hold more and can be called, the provider’s own first', () => {
    const policy = aPolicy({ m: model('a/small') });
    const problem = {
      code: 'capability_dead_end',
      severity: 'warning',
      node: 'm',
      field: 'target',
      message: '',
    } as const;
    const fix = choiceFixFor(policy, problem, models);
    expect(fix?.label).toBe('Raise context above 8,000…');
    expect(fix?.choices.map(({ label }) => label)).toEqual(['a/large', 'b/larger']);
    expect(fix?.choices[0]?.command(policy).nodes.m).toMatchObject({ target: 'a/large' });
  });
});
