import { describe, expect, it } from 'vitest';
import { explainDecision, scorePools } from '#engine/explain/index.ts';
import { compilePolicy, decide } from '#engine/plan/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { aPolicy, calls, someSignals } from '../builders.ts';
import { aCandidate, healthySignals, ratesOf } from '../nodes/candidates.ts';

const here = aCandidate('one/here', { rates: ratesOf(2, 2), quality: 30 });
const there = aCandidate('two/there', { rates: ratesOf(1, 1), quality: 60, tokensPerSecond: 50 });
const blind = aCandidate('three/blind', { vision: false, rates: ratesOf(0.1, 0.1) });

function explained(settings: object, signals: NamedSignals = {}) {
  const policy = aPolicy({
    best: { kind: 'pool', candidates: ['one/here', 'two/there', 'three/blind'], ...settings },
  });
  const compiled = compilePolicy(policy, { pools: { best: [here, there, blind] } });
  if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
  const all = healthySignals({ 'request.input_tokens': 50_000, 'request.images': 1, ...signals });
  const decision = decide(compiled.plan, all);
  const [score] = scorePools(compiled.plan, decision, all);
  return { sentence: explainDecision(policy, decision, all, compiled.plan)[0]?.sentence, score: score! };
}

describe('explaining a pool', () => {
  it('says who is called and why, who comes next, and who is out', () => {
    expect(explained({}).sentence).toBe(
      'two/there is called, of 2 candidates that can take this request (cheapest: about $0.050). If it fails: one/here (dearer: about $0.10). Out is 1: no images (1).',
    );
    expect(explained({ objective: 'latency' }).sentence).toContain('one/here is called');
    expect(explained({ objective: 'quality' }).sentence).toContain('(best: 60 of 100)');
  });

  it('does the arithmetic of staying against moving', () => {
    const warm = { 'session.target': 'one/here', 'session.warm_tokens': 40_000 };
    expect(explained({}, warm).sentence).toContain(
      'The conversation stays with one/here: 40,000 tokens are cached there, so this turn costs about $0.029 instead of $0.10; at two/there it would cost about $0.050.',
    );
    expect(explained({}, { ...warm, 'session.warm_tokens': 10_000 }).sentence).toContain(
      'The conversation moves away from one/here, although 10,000 tokens are cached there',
    );
    expect(explained({}, { ...warm, 'session.target': 'four/gone' }).sentence).toContain(
      'The conversation was with four/gone, which is no candidate here.',
    );
  });

  it('says that nobody can take a request, and what each lacks', () => {
    expect(explained({}, { 'request.tools': 1, 'request.audio': 1 }).sentence).toBe(
      'None of the 3 candidates can take this request. Out are 3: no sound (2), no images (1).',
    );
  });

  it('gives every candidate its figures, its points and its reason', () => {
    const { score } = explained({ objective: 'balanced' }, { 'health.open': ['one/here'] });
    expect(
      score.candidates.map(({ target, rank, out, setback, why }) => ({ target, rank, out, setback, why })),
    ).toEqual([
      { target: 'two/there', rank: 1, out: null, setback: null, why: 'most points: 84.3 of 100' },
      { target: 'one/here', rank: null, out: null, setback: 'breaker_open', why: 'its breaker is open' },
      { target: 'three/blind', rank: null, out: 'vision', setback: null, why: 'takes no images' },
    ]);
    expect(score.candidates[0]).toMatchObject({
      score: 84.3,
      costNanoUsd: 50_400_000,
      latencyMs: 8_500,
      quality: 60,
    });
  });
});

describe('explaining the other ways', () => {
  it('puts limits, changes, checks and budgets into words', () => {
    const policy = aPolicy({
      cap: { kind: 'limit', amount: 5, unit: 'usd', window: 'day', within: 'change', over: 'tries' },
      change: {
        kind: 'transform',
        parameters: { max_output_tokens: 2_000 },
        images: 'strip',
        redact: ['email'],
        to: 'steps',
      },
      steps: { kind: 'cascade', first: 'a', then: 'b', accept: { no_refusal: true, min_characters: 1_200 } },
      tries: { kind: 'fallback', try: ['a', 'b'], on: ['timeout'], retry_budget: 0.2 },
      a: calls('openai/a'),
      b: calls('openai/b'),
    });
    const sentences = (used: number) => {
      const compiled = compilePolicy(policy);
      if (compiled.kind === 'bad') throw new Error('Not compiled.');
      const signals = someSignals({ 'limits.used': { cap: used } });
      return explainDecision(policy, decide(compiled.plan, signals), signals, compiled.plan).map(
        ({ sentence }) => sentence,
      );
    };
    expect(sentences(1.5)).toEqual([
      '$1.5 of $5 a day is used. So it goes to “change”.',
      'The answer is capped at 2,000 tokens, images are left out, e-mail addresses are taken out. So it goes to “steps”.',
      'openai/a is asked first; its answer is taken if it is no refusal and has 1,200 characters or more.',
      'openai/a is called.',
      'If the answer is not accepted, or none comes: openai/b.',
      'openai/b is called.',
    ]);
    expect(sentences(5)).toEqual([
      '$5 of $5 a day is used, so this limit is reached. So it goes to “tries”.',
      'openai/a is tried first.',
      'openai/a is called.',
      'If that fails by timeout: openai/b, as long as no more than 20 % of the last minute’s requests do so.',
      'openai/b is called.',
    ]);
  });
});
