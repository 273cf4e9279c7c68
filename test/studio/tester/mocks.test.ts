import { describe, expect, it } from 'vitest';
import { checkNamedSignals } from '#engine/signals/index.ts';
import { countMocks, noMocks, signalsOfMocks, targetsIn } from '../../../studio/tester/mocks.ts';
import { aPolicy, model } from '../document/builders.ts';

const everything = {
  open: ['openai/gpt-5'],
  errorRate: { 'openai/gpt-5-mini': 0.5 },
  limitsUsed: { limit: 100 },
  budgetUsed: 0.8,
  sessionTarget: 'openai/gpt-5',
  warmTokens: 4_000,
  draw: 0.25,
  hour: 3,
  taskLabel: 'code',
  labels: { intent: 'refund' },
};

describe('what a test pretends', () => {
  it('states no signal while nothing is pretended', () => {
    expect(signalsOfMocks(noMocks)).toEqual({});
    expect(countMocks(noMocks)).toBe(0);
  });

  it('is written as the signals a decision reads', () => {
    const signals = signalsOfMocks(everything);
    expect(signals).toMatchObject({
      'health.open': ['openai/gpt-5'],
      'health.error_rate': { 'openai/gpt-5-mini': 0.5 },
      'limits.used': { limit: 100 },
      'budget.used': 0.8,
      'session.target': 'openai/gpt-5',
      'session.warm_tokens': 4_000,
      draw: 0.25,
      'time.hour': 3,
      'task.label': 'code',
      'task.confidence': 1,
      'classifiers.label': { intent: 'refund' },
    });
    expect(checkNamedSignals(signals).kind).toBe('ok');
  });

  it('counts each thing once', () => expect(countMocks(everything)).toBe(9));

  it('says that a conversation is warm where nothing else is stated', () =>
    expect(signalsOfMocks({ ...noMocks, sessionTarget: 'openai/gpt-5' })).toHaveProperty(
      ['session.warm_tokens'],
      8_000,
    ));

  it('offers every target of the policy, a pool’s by its patterns', () => {
    const pool = {
      kind: 'pool',
      candidates: ['openai/*', 'anthropic/x'],
      require: [],
      regions: [],
      objective: 'cost',
      context_margin: 0.1,
      attempts: 3,
      on: [],
      affinity: true,
    } as const;
    const models = new Map(['openai/b', 'openai/a', 'google/c'].map((id) => [id, { id }]));
    const policy = aPolicy({
      m: model('openai/a'),
      p: { ...pool, candidates: [...pool.candidates], require: [], regions: [], on: [] },
    });
    expect(targetsIn(policy, models)).toEqual(['openai/a', 'openai/b', 'anthropic/x']);
  });
});
