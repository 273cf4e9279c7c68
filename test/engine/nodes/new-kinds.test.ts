import { describe, expect, it } from 'vitest';
import { mergeAccept, mergeChanges, noChanges } from '#engine/nodes/index.ts';
import { decide, nextAttempt, pathText } from '#engine/plan/index.ts';
import { checkPolicy } from '#engine/policy/index.ts';
import { aPlan, aPolicy, calls, someSignals } from '../builders.ts';

const failed = (error: 'timeout' | 'rejected' | 'invalid_request') => ({ kind: 'failed', error }) as const;

describe('a limit', () => {
  const plan = aPlan({
    cap: { kind: 'limit', amount: 10, within: 'good', over: 'cheap' },
    good: calls('openai/gpt-5.5'),
    cheap: calls('openai/gpt-5-mini'),
  });
  const pathAt = (used: Record<string, number> | null) =>
    pathText(decide(plan, someSignals({ 'limits.used': used })).path);

  it('sends requests on until so much is used, and the rest another way', () => {
    expect(pathAt({ cap: 0 })).toBe('cap:within>good');
    expect(pathAt({ cap: 9.9 })).toBe('cap:within>good');
    expect(pathAt({ cap: 10 })).toBe('cap:over>cheap');
  });

  it('counts as within where nobody knows', () => {
    expect(pathAt({ other: 99 })).toBe('cap:within?>good');
    expect(pathAt(null)).toBe('cap:within?>good');
  });

  it('is told to the gateway by the plan, if a request can reach it', () => {
    expect(plan.limits).toEqual([{ node: 'cap', per: null, amount: 10, unit: 'requests', window: 'minute' }]);
  });

  it('is counted by texts only', () => {
    const wrong = aPolicy({
      cap: { kind: 'limit', amount: 1, per: 'request.tools', within: null, over: null },
    });
    expect(checkPolicy(wrong)).toContainEqual(
      expect.objectContaining({ code: 'signal_unknown', field: 'per' }),
    );
  });
});

describe('a transform', () => {
  it('changes every call below it; what stands nearer wins, and of two caps the smaller', () => {
    const plan = aPlan({
      outer: {
        kind: 'transform',
        system: 'Be brief.',
        parameters: { max_output_tokens: 100, temperature: 1 },
        redact: ['secret'],
        to: 'inner',
      },
      inner: { kind: 'transform', system: 'Be kind.', redact: ['email'], to: 'tries' },
      tries: { kind: 'fallback', try: ['a', 'b'] },
      a: { kind: 'model', target: 'openai/a', parameters: { max_output_tokens: 500, temperature: 0 } },
      b: { kind: 'model', target: 'openai/b', parameters: { max_output_tokens: 50 } },
    });
    const { attempts, path } = decide(plan, someSignals());
    expect(attempts).toMatchObject([
      {
        target: 'openai/a',
        changes: {
          parameters: { max_output_tokens: 100, temperature: 0 },
          system: 'Be brief.\n\nBe kind.',
          redact: ['email', 'secret'],
          images: 'keep',
        },
      },
      { target: 'openai/b', changes: { parameters: { max_output_tokens: 50, temperature: 1 } } },
    ]);
    expect(pathText(path)).toBe('outer:to>inner:to>tries:1>a>tries:2>b');
  });

  it('answers the same object every time where nothing below it chooses', () => {
    const plan = aPlan({ t: { kind: 'transform', system: 'Hi.', to: 'a' }, a: calls('openai/a') });
    expect(decide(plan, someSignals()).attempts).toBe(decide(plan, someSignals()).attempts);
  });

  it('refuses requests with images where it is told to', () => {
    const plan = aPlan({
      t: { kind: 'transform', images: 'refuse', system: 'Hi.', to: 'a' },
      a: calls('openai/a'),
    });
    const withImages = decide(plan, someSignals({ 'request.images': 1 }));
    expect(nextAttempt(withImages, [])).toMatchObject({
      refusal: { node: 't', code: 'images_refused', status: 422 },
    });
    expect(pathText(withImages.path)).toBe('t:images');
    expect(pathText(decide(plan, someSignals()).path)).toBe('t:to>a');
    expect(pathText(decide(plan, someSignals({ 'request.images': null })).path)).toBe('t:to?>a');
  });

  it('is nothing at all with nothing to change', () => {
    expect(mergeChanges(noChanges, noChanges)).toEqual(noChanges);
    const idle = aPolicy({ t: { kind: 'transform', to: 'a' }, a: calls('openai/a') });
    expect(checkPolicy(idle).map(({ code }) => code)).toContain('transform_idle');
  });
});

describe('a cascade', () => {
  const accept = { no_refusal: true, min_characters: 40 };
  const plan = aPlan({
    steps: { kind: 'cascade', first: 'cheap', then: 'good', accept },
    cheap: calls('openai/gpt-5-mini'),
    good: calls('openai/gpt-5.5'),
  });
  const decision = decide(plan, someSignals());

  it('asks further when an answer is not accepted, or never came', () => {
    expect(decision.attempts[0]).toMatchObject({
      accept: { noRefusal: true, minCharacters: 40, schema: false },
    });
    expect(decision.attempts[1]).toMatchObject({ accept: null });
    expect(nextAttempt(decision, [failed('rejected')])).toMatchObject({ kind: 'call', index: 1 });
    expect(nextAttempt(decision, [failed('timeout')])).toMatchObject({ kind: 'call', index: 1 });
    expect(nextAttempt(decision, [failed('invalid_request')])).toEqual(failed('invalid_request'));
    expect(nextAttempt(decision, [{ kind: 'served' }])).toEqual({ kind: 'served' });
    expect(pathText(decision.path)).toBe('steps:first>cheap>steps:then>good');
  });

  it('lets an answer pass its own checks and those around it', () => {
    const nested = aPlan({
      outer: { kind: 'cascade', first: 'inner', then: 'c', accept: { schema: true } },
      inner: { kind: 'cascade', first: 'a', then: 'b', accept: { min_characters: 5 } },
      a: calls('openai/a'),
      b: calls('openai/b'),
      c: calls('openai/c'),
    });
    const { attempts } = decide(nested, someSignals());
    expect(attempts).toMatchObject([
      { accept: { schema: true, minCharacters: 5 }, moves: { rejected: 1 } },
      { accept: { schema: true, minCharacters: 0 }, moves: { rejected: 2 } },
      { accept: null, moves: {} },
    ]);
    expect(mergeAccept(null, null)).toBeNull();
  });

  it('has to ask something of an answer', () => {
    const open = aPolicy({
      steps: { kind: 'cascade', first: 'a', then: 'a', accept: {} },
      a: calls('openai/a'),
    });
    expect(checkPolicy(open)).toContainEqual(
      expect.objectContaining({ code: 'accept_empty', severity: 'error' }),
    );
  });
});

describe('a rejected answer', () => {
  it('moves on nowhere but in a cascade', () => {
    const plan = aPlan({
      top: { kind: 'fallback', try: ['a', 'b'], on: ['timeout', 'invalid_request', 'auth'] },
      a: calls('openai/a'),
      b: calls('openai/b'),
    });
    expect(nextAttempt(decide(plan, someSignals()), [failed('rejected')])).toEqual(failed('rejected'));
  });

  it('cannot be listed by an author', () => {
    expect(() => aPolicy({ top: { kind: 'fallback', try: ['top'], on: ['rejected'] } })).toThrow(
      /rejected|rate_limit/,
    );
  });
});

describe('a retry budget', () => {
  it('is carried by every attempt that would draw on it', () => {
    const plan = aPlan({
      outer: { kind: 'fallback', try: ['inner', 'c'], retry_budget: 0.1 },
      inner: { kind: 'fallback', try: ['a', 'b'], retry_budget: 0.5 },
      a: calls('openai/a'),
      b: calls('openai/b'),
      c: calls('openai/c'),
    });
    const { attempts } = decide(plan, someSignals());
    expect(attempts.map((attempt) => (attempt.kind === 'call' ? attempt.retryBudgets : null))).toEqual([
      [],
      [{ node: 'inner', share: 0.5 }],
      [{ node: 'outer', share: 0.1 }],
    ]);
  });
});
