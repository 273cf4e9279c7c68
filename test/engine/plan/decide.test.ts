import { describe, expect, it } from 'vitest';
import { decide, nextAttempt, parsePath, pathText, targetsOf } from '#engine/plan/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { aPlan, calls, someSignals } from '../builders.ts';

const plan = aPlan({
  task: { kind: 'classifier', ports: { code: 'strong', extraction: 'long' }, otherwise: 'cheap' },
  strong: { kind: 'fallback', try: ['opus', 'gpt'], on: ['timeout', 'rate_limit'], deadline_ms: 60_000 },
  long: {
    kind: 'condition',
    cases: [{ id: 'huge', when: 'request.input_tokens > 60000', to: 'no' }],
    else: 'cheap',
  },
  no: { kind: 'refuse', message: 'Too long.', status: 413, code: 'too_long' },
  opus: calls('anthropic/claude-opus-5'),
  gpt: calls('openai/gpt-5.5'),
  cheap: calls('openai/gpt-5-mini'),
});

function pathOf(signals: NamedSignals): string {
  return pathText(decide(plan, someSignals(signals)).path);
}

describe('deciding', () => {
  it('follows the classifier when it is sure and otherwise when it is not', () => {
    expect(pathOf({ 'task.label': 'code', 'task.confidence': 0.55 })).toBe(
      'task:code>strong:1>opus>strong:2>gpt',
    );
    expect(pathOf({ 'task.label': 'code', 'task.confidence': 0.54 })).toBe('task:otherwise>cheap');
    expect(pathOf({ 'task.label': 'translation' })).toBe('task:otherwise>cheap');
  });

  it('marks an exit that was taken because a signal is unknown', () => {
    expect(pathOf({ 'task.label': null })).toBe('task:otherwise?>cheap');
    expect(pathOf({ 'task.label': 'extraction', 'request.input_tokens': null })).toBe(
      'task:extraction>long:else?>cheap',
    );
  });

  it('refuses with the node, code and status of the refusing node', () => {
    const decision = decide(
      plan,
      someSignals({ 'task.label': 'extraction', 'request.input_tokens': 70_000 }),
    );
    expect(nextAttempt(decision, [])).toEqual({
      kind: 'refuse',
      refusal: { node: 'no', code: 'too_long', status: 413, message: 'Too long.' },
    });
    expect(targetsOf(decision)).toEqual([]);
  });

  it('writes paths that can be read back', () => {
    const { path } = decide(plan, someSignals({ 'task.label': null }));
    expect(parsePath(pathText(path))).toEqual(path);
  });
});

describe('a split', () => {
  const split = aPlan({
    arms: {
      kind: 'split',
      by: 'caller.user',
      arms: [
        { id: 'a', share: 0.8, to: 'm' },
        { id: 'b', share: 0.2, to: 'm' },
      ],
    },
    m: calls('openai/gpt-5-mini'),
  });
  const armOf = (signals: NamedSignals) => decide(split, someSignals(signals)).path[0]?.port;

  it('keeps one user on one arm, whatever the draw', () => {
    const arms = [0, 0.3, 0.99].map((draw) => armOf({ 'caller.user': 'ada', draw }));
    expect(new Set(arms).size).toBe(1);
  });

  it('gives the arms their shares', () => {
    const users = Array.from({ length: 10_000 }, (_, index) => armOf({ 'caller.user': `user-${index}` }));
    expect(users.filter((arm) => arm === 'b').length / users.length).toBeCloseTo(0.2, 1);
  });

  it('draws for requests without a user', () => {
    expect(armOf({ 'caller.user': '', draw: 0.79 })).toBe('a');
    expect(armOf({ 'caller.user': '', draw: 0.8 })).toBe('b');
  });
});

describe('the next attempt', () => {
  const decision = decide(plan, someSignals());
  const failed = (error: 'timeout' | 'server_error' | 'rate_limit') => ({ kind: 'failed', error }) as const;

  it('moves on after a class the fallback lists, and only then', () => {
    expect(nextAttempt(decision, [failed('timeout')])).toMatchObject({
      kind: 'call',
      index: 1,
      attempt: { target: 'openai/gpt-5.5' },
    });
    expect(nextAttempt(decision, [failed('server_error')])).toEqual({
      kind: 'failed',
      error: 'server_error',
    });
  });

  it('ends with the last failure when nothing is left, and with success at once', () => {
    expect(nextAttempt(decision, [failed('timeout'), failed('timeout')])).toEqual({
      kind: 'failed',
      error: 'timeout',
    });
    expect(nextAttempt(decision, [{ kind: 'served' }])).toEqual({ kind: 'served' });
  });

  it('gives every attempt the deadline of the fallback around it', () => {
    expect(decision.attempts.map((attempt) => (attempt.kind === 'call' ? attempt.within : null))).toEqual([
      [{ from: 0, ms: 60_000 }],
      [{ from: 0, ms: 60_000 }],
    ]);
  });

  it('lets an outer fallback catch what the inner one does not list', () => {
    const nested = aPlan({
      outer: { kind: 'fallback', try: ['inner', 'c'], on: ['server_error'] },
      inner: { kind: 'fallback', try: ['a', 'b'], on: ['timeout'] },
      a: calls('openai/a'),
      b: calls('openai/b'),
      c: calls('openai/c'),
    });
    const { attempts } = decide(nested, someSignals());
    expect(attempts.map((attempt) => (attempt.kind === 'call' ? attempt.moves : null))).toEqual([
      { server_error: 2, timeout: 1 },
      { server_error: 2 },
      {},
    ]);
  });

  it('decides inside the tries of a fallback, and may end in a refusal', () => {
    const choosing = aPlan({
      outer: { kind: 'fallback', try: ['size', 'no'], on: ['timeout'] },
      size: {
        kind: 'condition',
        cases: [{ id: 'big', when: 'request.input_tokens > 10', to: 'a' }],
        else: 'b',
      },
      a: calls('openai/a'),
      b: calls('openai/b'),
      no: { kind: 'refuse', message: 'Nothing left.' },
    });
    const chosen = decide(choosing, someSignals());
    expect(pathText(chosen.path)).toBe('outer:1>size:big>a>outer:2>no');
    expect(nextAttempt(chosen, [failed('timeout')])).toMatchObject({
      kind: 'refuse',
      refusal: { message: 'Nothing left.' },
    });
  });
});
