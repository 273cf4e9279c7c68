import { describe, expect, it } from 'vitest';
import { explainDecision } from '#engine/explain/index.ts';
import { compilePolicy, decide } from '#engine/plan/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { aPolicy, calls, someSignals } from '../builders.ts';

const policy = aPolicy({
  task: { kind: 'classifier', ports: { code: 'size' }, otherwise: 'split' },
  size: {
    kind: 'condition',
    label: 'Long?',
    cases: [{ id: 'long', when: 'request.input_tokens > 60000', to: 'no' }],
    else: 'try',
  },
  try: { kind: 'fallback', try: ['opus', 'mini'], on: ['timeout'] },
  split: {
    kind: 'split',
    by: 'caller.user',
    arms: [
      { id: 'a', share: 0.9, to: 'mini' },
      { id: 'b', share: 0.1, to: 'opus' },
    ],
  },
  no: { kind: 'refuse', message: 'Too long.', status: 413 },
  opus: { ...calls('anthropic/claude-opus-5'), label: 'Strong' },
  mini: calls('openai/gpt-5-mini'),
});

function explain(signals: NamedSignals): readonly string[] {
  const compiled = compilePolicy(policy);
  if (compiled.kind === 'bad') throw new Error('unsound');
  const measured = someSignals(signals);
  return explainDecision(policy, decide(compiled.plan, measured), measured).map((reason) => reason.sentence);
}

describe('explaining a decision', () => {
  it('puts the request’s own values into every sentence', () => {
    expect(explain({})).toEqual([
      'It is code (90 % sure). So it goes to “Long?”.',
      'No case is true: request.input_tokens > 60000 (input tokens: 812). So it goes to “try”.',
      '“Strong” is tried first.',
      'anthropic/claude-opus-5 is called.',
      'If that fails by timeout: openai/gpt-5-mini.',
      'openai/gpt-5-mini is called.',
    ]);
  });

  it('says how sure the classifier was and how sure it had to be', () => {
    expect(explain({ 'task.confidence': 0.3, 'caller.user': 'ada' })[0]).toBe(
      'It looks like code, but the classifier is only 30 % sure and 55 % is needed. So it goes to “split”.',
    );
  });

  it('says why a request fell on an arm', () => {
    expect(explain({ 'task.label': 'translation', 'caller.user': '' })[1]).toBe(
      'The request drew the arm that gets 90 %. So it goes to openai/gpt-5-mini.',
    );
    expect(explain({ 'task.label': 'translation', 'caller.user': 'ada' })[1]).toMatch(
      /^Caller\.user "ada" always falls on the arm that gets \d+ %\./,
    );
  });

  it('quotes what a refused client reads', () => {
    expect(explain({ 'request.input_tokens': 61_000 }).at(-1)).toBe(
      'The request is refused with 413: “Too long.”',
    );
  });
});
