import type { Candidate } from '#engine/nodes/index.ts';
import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import type { NamedSignals, Signals } from '#engine/signals/index.ts';
import { aPolicy, someSignals } from '../builders.ts';

/** A candidate of middling figures; takes the target and what differs. */
export function aCandidate(target: string, different: Partial<Candidate> = {}): Candidate {
  const slash = target.indexOf('/');
  return {
    target,
    provider: target.slice(0, slash),
    model: target.slice(slash + 1),
    context: 100_000,
    maxOutput: 8_000,
    vision: true,
    audio: false,
    files: false,
    tools: true,
    jsonSchema: true,
    reasoning: false,
    retention: 'unknown',
    region: null,
    quality: 50,
    tokensPerSecond: 100,
    firstTokenMs: 500,
    rates: ratesOf(1, 4),
    ...different,
  };
}

/** Dollars a million tokens; what the cache reads costs a tenth. */
export function ratesOf(input: number, output: number): NonNullable<Candidate['rates']> {
  const pico = 1_000_000;
  return [
    { aboveInputTokens: 0, input: input * pico, cacheRead: (input * pico) / 10, output: output * pico },
  ];
}

/** A policy of one pool with these candidates, compiled. */
export function poolPlan(
  candidates: readonly Candidate[],
  settings: Readonly<Record<string, unknown>> = {},
): Plan {
  const policy = aPolicy({
    best: { kind: 'pool', candidates: candidates.map(({ target }) => target), ...settings },
  });
  const compiled = compilePolicy(policy, { pools: { best: candidates } });
  if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
  return compiled.plan;
}

/** Signals of an everyday request in a healthy installation; takes only what differs. */
export function healthySignals(different: NamedSignals = {}): Signals {
  return someSignals({
    'request.files': 0,
    'request.audio': 0,
    'request.json_schema': false,
    'health.providers': ['*'],
    'health.open': [],
    'health.error_rate': {},
    'health.first_token_ms': {},
    'health.tokens_per_second': {},
    'session.target': '',
    'session.warm_tokens': 0,
    ...different,
  });
}
