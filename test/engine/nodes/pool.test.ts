import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { codedOrder, rankCode } from '#engine/nodes/index.ts';
import { compilePolicy, decide, nextAttempt, pathText, resolvePools, targetsOf } from '#engine/plan/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { aPolicy, calls } from '../builders.ts';
import { aCandidate, healthySignals, poolPlan, ratesOf } from './candidates.ts';

const cheap = aCandidate('one/cheap', { rates: ratesOf(0.1, 0.4), quality: 20, tokensPerSecond: 50 });
const quick = aCandidate('two/quick', { tokensPerSecond: 400, firstTokenMs: 100, quality: 40 });
const good = aCandidate('three/good', { rates: ratesOf(10, 40), quality: 90 });

function chosen(
  candidates: Parameters<typeof poolPlan>[0],
  settings: Readonly<Record<string, unknown>>,
  signals: NamedSignals = {},
): readonly string[] {
  return targetsOf(decide(poolPlan(candidates, settings), healthySignals(signals)));
}

describe('a pool', () => {
  it('tries the cheapest, the fastest or the best first, as it is told', () => {
    const all = [good, quick, cheap];
    expect(chosen(all, { objective: 'cost' })).toEqual(['one/cheap', 'two/quick', 'three/good']);
    expect(chosen(all, { objective: 'latency' })).toEqual(['two/quick', 'three/good', 'one/cheap']);
    expect(chosen(all, { objective: 'quality' })).toEqual(['three/good', 'two/quick', 'one/cheap']);
  });

  it('weighs cost, latency and quality', () => {
    const all = [good, quick, cheap];
    const first = (weights: object) => chosen(all, { objective: 'balanced', weights })[0];
    expect(first({ cost: 10, latency: 1, quality: 1 })).toBe('one/cheap');
    expect(first({ cost: 1, latency: 10, quality: 1 })).toBe('two/quick');
    expect(first({ cost: 0, latency: 1, quality: 10 })).toBe('three/good');
  });

  it('takes the first of equals, in the order of the list', () => {
    const [a, b] = [aCandidate('one/a'), aCandidate('one/b')];
    expect(chosen([b, a], {})).toEqual(['one/b', 'one/a']);
    expect(chosen([a, b], {})).toEqual(['one/a', 'one/b']);
  });

  it('tries as many as it is told, moving on after what it lists', () => {
    const decision = decide(
      poolPlan([good, quick, cheap], { attempts: 2, on: ['timeout'], deadline_ms: 900 }),
      healthySignals(),
    );
    expect(decision.attempts).toMatchObject([
      { kind: 'call', target: 'one/cheap', moves: { timeout: 1 }, within: [{ from: 0, ms: 900 }] },
      { kind: 'call', target: 'two/quick', moves: {} },
    ]);
    expect(pathText(decision.path)).toBe('best');
  });

  it('counts an unpriced model as the dearest', () => {
    expect(chosen([aCandidate('one/unknown', { rates: null }), good], {})).toEqual([
      'three/good',
      'one/unknown',
    ]);
  });

  it('prices the whole request by the tier that its input reaches', () => {
    const rates = [...ratesOf(0.1, 0.4), { ...ratesOf(20, 80)[0]!, aboveInputTokens: 50_000 }];
    const tiered = aCandidate('one/tiered', { rates });
    expect(chosen([tiered, quick], {}, { 'request.input_tokens': 50_000 })[0]).toBe('one/tiered');
    expect(chosen([tiered, quick], {}, { 'request.input_tokens': 50_001 })[0]).toBe('two/quick');
  });
});

describe('the needs of a request', () => {
  const plain = aCandidate('one/plain', {
    vision: false,
    tools: false,
    jsonSchema: false,
    rates: ratesOf(0.1, 0.1),
  });

  it.each([[{ 'request.images': 1 }], [{ 'request.tools': 2 }], [{ 'request.json_schema': true }]] as [
    NamedSignals,
  ][])('never lead to a model that cannot meet them: %j', (signals) => {
    expect(chosen([plain, good], {}, signals)).toEqual(['three/good']);
    expect(chosen([plain, good], {})).toEqual(['one/plain', 'three/good']);
  });

  it('include room for the input with its margin and for the longest answer asked for', () => {
    const small = aCandidate('one/small', { context: 10_000, maxOutput: 4_000, rates: ratesOf(0.1, 0.1) });
    const first = (signals: NamedSignals) => chosen([small, good], { context_margin: 0.1 }, signals)[0];
    expect(first({ 'request.input_tokens': 9_000 })).toBe('one/small');
    expect(first({ 'request.input_tokens': 9_200 })).toBe('three/good');
    expect(first({ 'request.input_tokens': 6_000, 'request.max_output_tokens': 3_000 })).toBe('one/small');
    expect(first({ 'request.input_tokens': 6_000, 'request.max_output_tokens': 3_500 })).toBe('three/good');
    // It cannot write more than 4,000, whatever is asked.
    expect(first({ 'request.input_tokens': 5_400, 'request.max_output_tokens': 90_000 })).toBe('one/small');
  });

  it('are not asked where the images are left out before', () => {
    const nodes = {
      strip: { kind: 'transform', images: 'strip', to: 'best' },
      best: { kind: 'pool', candidates: ['one/plain', 'three/good'] },
    };
    const compiled = compilePolicy(aPolicy(nodes), { pools: { best: [plain, good] } });
    if (compiled.kind === 'bad') throw new Error('Not compiled.');
    const decision = decide(compiled.plan, healthySignals({ 'request.images': 3 }));
    expect(targetsOf(decision)).toEqual(['one/plain', 'three/good']);
    expect(decision.attempts[0]).toMatchObject({ changes: { images: 'strip' } });
  });

  it('may be stated for all requests: region, retention, reasoning', () => {
    const europe = aCandidate('one/eu', { region: 'eu', retention: 'zero', reasoning: true });
    expect(chosen([cheap, europe], { require: ['region'], regions: ['eu', 'ch'] })).toEqual(['one/eu']);
    expect(chosen([cheap, europe], { require: ['retention'] })).toEqual(['one/eu']);
    expect(chosen([cheap, europe], { require: ['reasoning'] })).toEqual(['one/eu']);
  });

  it('refuse the request where nobody can meet them, and say so', () => {
    const decision = decide(poolPlan([plain]), healthySignals({ 'request.images': 1 }));
    expect(nextAttempt(decision, [])).toMatchObject({
      kind: 'refuse',
      refusal: { node: 'best', code: 'no_capable_candidate', status: 422 },
    });
  });
});

describe('the state of the moment', () => {
  it('puts whoever has an open breaker out, unless nobody else is there', () => {
    const open = { 'health.open': ['one/cheap'] };
    expect(chosen([cheap, good], {}, open)).toEqual(['three/good']);
    expect(chosen([cheap], {}, open)).toEqual(['one/cheap']);
  });

  it('leaves out providers that cannot be called here', () => {
    expect(chosen([cheap, good], {}, { 'health.providers': ['three'] })).toEqual(['three/good']);
    const decision = decide(poolPlan([cheap]), healthySignals({ 'health.providers': ['three'] }));
    expect(decision.attempts[0]).toMatchObject({
      refusal: { code: 'no_available_candidate', status: 503 },
      countsAs: 'unavailable',
    });
  });

  it('puts whoever misses a floor of speed or errors last', () => {
    const floors = { error_rate: 0.2, first_token_ms: 1_000, tokens_per_second: 30 };
    const order = (signals: NamedSignals) => chosen([cheap, good], { floors }, signals);
    expect(order({})).toEqual(['one/cheap', 'three/good']);
    expect(order({ 'health.error_rate': { 'one/cheap': 0.3 } })).toEqual(['three/good', 'one/cheap']);
    expect(order({ 'health.first_token_ms': { 'one/cheap': 4_000 } })).toEqual(['three/good', 'one/cheap']);
    expect(order({ 'health.tokens_per_second': { 'one/cheap': 4 } })).toEqual(['three/good', 'one/cheap']);
  });

  it('keeps whoever misses the floor of quality out', () => {
    expect(chosen([cheap, good], { floors: { quality: 80 } })).toEqual(['three/good']);
  });

  it('believes what was measured before what the catalogue says', () => {
    const slow = { 'health.tokens_per_second': { 'two/quick': 5 } };
    expect(chosen([quick, good], { objective: 'latency' })[0]).toBe('two/quick');
    expect(chosen([quick, good], { objective: 'latency' }, slow)[0]).toBe('three/good');
  });
});

describe('deployments of one model', () => {
  const keys = ['k1', 'k2', 'k3'].map((provider) => aCandidate(`${provider}/m`));
  const firstAt = (draw: number, signals: NamedSignals = {}) => chosen(keys, {}, { draw, ...signals })[0];
  const draws = Array.from({ length: 300 }, (_, index) => index / 300);

  it('share the load where nothing tells them apart', () => {
    for (const { target } of keys) {
      const share = draws.filter((draw) => firstAt(draw) === target).length / draws.length;
      expect(share).toBeGreaterThan(0.25);
      expect(share).toBeLessThan(0.42);
    }
  });

  it('leave the slowest of three out, and whoever fails most', () => {
    const slow = { 'health.first_token_ms': { 'k1/m': 9_000, 'k2/m': 300, 'k3/m': 400 } };
    expect(draws.some((draw) => firstAt(draw, slow) === 'k1/m')).toBe(false);
    const failing = { 'health.error_rate': { 'k2/m': 0.9 } };
    expect(draws.some((draw) => firstAt(draw, failing) === 'k2/m')).toBe(false);
  });

  it('keep a conversation where its cache is warm', () => {
    const warm = { 'session.target': 'k3/m', 'session.warm_tokens': 500 };
    for (const objective of ['cost', 'quality', 'latency']) {
      const firsts = draws.map((draw) => chosen(keys, { objective }, { draw, ...warm })[0]);
      expect(new Set(firsts)).toEqual(new Set(['k3/m']));
    }
  });

  it('are all tried when the first fails', () => {
    expect(chosen(keys, {}).toSorted()).toEqual(['k1/m', 'k2/m', 'k3/m']);
  });
});

describe('a conversation', () => {
  const here = aCandidate('one/here', { rates: ratesOf(2, 2) });
  const there = aCandidate('two/there', { rates: ratesOf(1, 1) });
  const long = { 'request.input_tokens': 50_000 };
  const warm = { ...long, 'session.target': 'one/here', 'session.warm_tokens': 40_000 };

  it('stays where its prompt cache is warm, as long as that is cheaper', () => {
    expect(chosen([here, there], {}, long)[0]).toBe('two/there');
    // 10,000 fresh and 40,000 cached at a tenth: 28,000 here, against 50,000 there.
    expect(chosen([here, there], {}, warm)[0]).toBe('one/here');
    // 35,000 fresh: 73,000 here, against 50,000 there.
    expect(chosen([here, there], {}, { ...warm, 'session.warm_tokens': 15_000 })[0]).toBe('two/there');
  });

  it('moves freely where affinity is off', () => {
    expect(chosen([here, there], { affinity: false }, warm)[0]).toBe('two/there');
  });
});

describe('what is unknown', () => {
  it('marks the step, and asks nothing of the candidates', () => {
    const plain = aCandidate('one/plain', { vision: false, rates: ratesOf(0.1, 0.1) });
    const decision = decide(poolPlan([plain, good]), healthySignals({ 'request.images': null }));
    expect(pathText(decision.path)).toBe('best?');
    expect(targetsOf(decision)[0]).toBe('one/plain');
    // Where everybody can see, it does not matter how many images there are.
    expect(pathText(decide(poolPlan([quick, good]), healthySignals({ 'request.images': null })).path)).toBe(
      'best',
    );
  });
});

describe('a pool without a candidate inside a fallback', () => {
  const blind = aCandidate('one/blind', { vision: false });
  const plan = (on: readonly string[], tries: readonly string[]) => {
    const nodes = {
      top: { kind: 'fallback', try: tries, on },
      best: { kind: 'pool', candidates: ['one/blind'] },
      model: calls('three/good'),
      other: calls('four/other'),
    };
    const compiled = compilePolicy(aPolicy(nodes), { pools: { best: [blind] } });
    if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
    return compiled.plan;
  };
  const images = healthySignals({ 'request.images': 1 });

  it('is passed over where “unavailable” is listed', () => {
    const decision = decide(plan(['unavailable', 'timeout'], ['best', 'model', 'other']), images);
    expect(decision.attempts).toMatchObject([
      { target: 'three/good', moves: { timeout: 1, unavailable: 1 } },
      { target: 'four/other', moves: {} },
    ]);
    const last = decide(plan(['unavailable', 'timeout'], ['model', 'best']), images);
    expect(last.attempts).toMatchObject([{ target: 'three/good', moves: {} }]);
  });

  it('refuses where it is not', () => {
    expect(nextAttempt(decide(plan(['timeout'], ['best', 'model']), images), []).kind).toBe('refuse');
  });
});

describe('the resolution of a pool', () => {
  const policy = aPolicy({
    best: { kind: 'pool', candidates: ['anthropic/claude-opus-5', 'openai/gpt-5*', 'mine/unheard-of'] },
  });
  const pools = resolvePools(policy, { catalogue: defaultCatalogue, priceBook: defaultPriceBook });

  it('names each target once, in the order of the patterns and then of ids', () => {
    const targets = pools.best!.map(({ target }) => target);
    expect(targets[0]).toBe('anthropic/claude-opus-5');
    expect(targets.at(-1)).toBe('mine/unheard-of');
    expect(targets.slice(1, -1)).toEqual(targets.slice(1, -1).toSorted());
    expect(new Set(targets).size).toBe(targets.length);
  });

  it('is plain JSON, so that a version can keep it and decide the same after an upgrade', () => {
    expect(JSON.parse(JSON.stringify(pools))).toEqual(pools);
    const kept = compilePolicy(policy, { pools });
    const anew = compilePolicy(policy, {
      models: { catalogue: defaultCatalogue, priceBook: defaultPriceBook },
    });
    if (kept.kind === 'bad' || anew.kind === 'bad') throw new Error('Not compiled.');
    expect(decide(kept.plan, healthySignals())).toEqual(decide(anew.plan, healthySignals()));
  });
});

describe('an order of candidates', () => {
  it('is one number and back', () => {
    for (const order of [[], [0], [4, 0, 2], [1_499, 1_498, 1_497, 1_496, 1_495]]) {
      const code = rankCode(order, 5, 1_500);
      expect(Number.isSafeInteger(code)).toBe(true);
      expect(codedOrder(code, 1_500)).toEqual(order);
    }
  });
});
