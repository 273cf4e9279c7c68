import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import { aPlan, aPolicy, calls } from '../builders.ts';
import { aRecord, whatIf } from './builders.ts';

const start = Date.UTC(2026, 10, 18, 12, 0, 0);
const mini = calls('openai/gpt-5-mini');
const large = calls('openai/gpt-5.5');

/** Requests a second apart. */
function requests(count: number, different: (index: number) => Partial<RequestRecord> = () => ({})) {
  return Array.from({ length: count }, (_, index) =>
    aRecord({ id: `r${index}`, 'time.at': start + 1_000 * index, ...different(index) }),
  );
}

function targets(records: readonly RequestRecord[], plan: Plan): Record<string, number> {
  return Object.fromEntries(
    whatIf(records, plan)
      .by_target.filter(({ requests_after: after }) => after > 0)
      .map(({ target, requests_after: after }) => [target, after]),
  );
}

describe('a limit in a what-if', () => {
  const limit = (settings: object) =>
    aPlan({ cap: { kind: 'limit', within: 'large', over: 'mini', ...settings }, mini, large });

  it('lets so many requests a window through, in the order of the log', () => {
    // 90 requests over a minute and a half: 10 of the first minute, 10 of the second.
    expect(targets(requests(90).reverse(), limit({ amount: 10 }))).toEqual({
      'openai/gpt-5.5': 20,
      'openai/gpt-5-mini': 70,
    });
  });

  it('counts every value of its signal apart', () => {
    const teams = requests(30, (index) => ({ 'caller.team': index % 3 === 0 ? 'a' : 'b' }));
    expect(targets(teams, limit({ amount: 8, per: 'caller.team' }))).toEqual({
      'openai/gpt-5.5': 16,
      'openai/gpt-5-mini': 14,
    });
  });

  it('counts tokens as logged and dollars as reckoned at the target it lets them go to', () => {
    // 1,100 tokens each: the sixth reaches 5,500.
    expect(targets(requests(20), limit({ amount: 5_500, unit: 'tokens' }))['openai/gpt-5.5']).toBe(5);
    // 1,000 × $5 + 100 × $30 a million: $0.008 each.
    expect(targets(requests(20), limit({ amount: 0.02, unit: 'usd' }))['openai/gpt-5.5']).toBe(3);
  });

  it('keeps what its own policy saw when it decided', () => {
    const plan = limit({ amount: 10 });
    const own = requests(5, (index) => ({
      'decision.hash': plan.hash,
      'limits.used': { cap: index < 2 ? 10 : 3 },
      'decision.path': index < 2 ? 'cap:over>mini' : 'cap:within>large',
      'decision.targets': [index < 2 ? mini.target : large.target],
    }));
    expect(whatIf(own, plan).changed).toBe(0);
  });

  it('says how it was replayed', () => {
    expect(whatIf(requests(1), limit({ amount: 1 })).assumptions.join()).toContain('Limits are replayed');
  });
});

describe('a cap in a what-if', () => {
  const capped = aPlan({ m: { ...large, parameters: { max_output_tokens: 40 } } });

  it('cuts longer answers, as an estimate, and leaves shorter ones alone', () => {
    const [long, short] = [aRecord({ id: 'a' }), aRecord({ id: 'b', 'usage.output_tokens': 30 })];
    const result = whatIf([long, short], capped);
    expect(result.evidence).toEqual({ observed: 0, repriced: 1, modelled: 1, unknown: 0 });
    expect(result.cost_nano_usd.after).toBe(1_000 * 5_000 + 40 * 30_000 + 1_000 * 5_000 + 30 * 30_000);
  });

  it('counts on the target that served already', () => {
    const plan = aPlan({ small: { ...mini, parameters: { max_output_tokens: 40 } } });
    const result = whatIf([aRecord()], plan);
    expect(result.changed).toBe(1);
    expect(result.cost_nano_usd.after).toBe(1_000 * 250 + 40 * 2_000);
    // Under the same policy the answer was capped already.
    expect(whatIf([aRecord({ 'decision.hash': plan.hash })], plan).changed).toBe(0);
  });

  it('comes from a transform around the model as well, and cuts text before reasoning', () => {
    const plan = aPlan({
      t: { kind: 'transform', parameters: { max_output_tokens: 40 }, to: 'large' },
      large,
    });
    const thinking = aRecord({ 'usage.reasoning_tokens': 30 });
    expect(whatIf([thinking], plan).cost_nano_usd.after).toBe(1_000 * 5_000 + 40 * 30_000);
  });
});

describe('a cascade in a what-if', () => {
  const cascade = (accept: object = { no_refusal: true }) =>
    aPlan({ steps: { kind: 'cascade', first: 'mini', then: 'large', accept }, mini, large });
  const path = 'steps:first>mini>steps:then>large';
  const both = [mini.target, large.target];
  const moved = aRecord({
    id: 'x',
    'decision.targets': [large.target],
    'outcome.target': large.target,
    'decision.path': 'large',
  });
  const [first, next] = [1_000 * 250 + 100 * 2_000, 8_000_000];

  it('is unknown where nobody saw the answers: half are accepted, and the range says all or none', () => {
    const result = whatIf([moved], cascade());
    expect(result.evidence.unknown).toBe(1);
    expect(result.cost_nano_usd).toEqual({
      before: 500_000,
      after: first + next / 2,
      low: first,
      high: first + next,
    });
    expect(result.assumptions.join()).toContain('50 % of them');
  });

  it('is as the log says where it was tried often enough', () => {
    const tried = Array.from({ length: 40 }, (_, index) => {
      const outcome = index < 30 ? 'served' : 'rejected';
      return aRecord({
        id: `t${index}`,
        'decision.path': path,
        'decision.targets': both,
        'outcome.attempts': JSON.stringify([{ target: mini.target, outcome }]),
      });
    });
    const result = whatIf([...tried, moved], cascade());
    expect(result.evidence).toEqual({ observed: 40, repriced: 0, modelled: 1, unknown: 0 });
    expect(result.cost_nano_usd.after).toBe(40 * 500_000 + first + next / 4);
  });

  it('pays for its judge, who reads request and answer', () => {
    const judge = { judge: { target: large.target, question: 'Is it right?' } };
    const judged = 1_100 * 5_000 + 100 * 30_000;
    expect(whatIf([moved], cascade(judge)).cost_nano_usd).toMatchObject({
      after: first + judged + next / 2,
      low: first + judged,
      high: first + judged + next,
    });
  });
});

describe('a pool in a what-if', () => {
  const policy = aPolicy({ best: { kind: 'pool', candidates: ['openai/gpt-5.5', 'openai/gpt-5-mini'] } });
  const compiled = compilePolicy(policy, {
    models: { catalogue: defaultCatalogue, priceBook: defaultPriceBook },
  });
  const plan = compiled.kind === 'ok' ? compiled.plan : aPlan({ mini });
  const healthy: Partial<RequestRecord> = {
    'health.providers': ['openai'],
    'health.open': [],
    'health.error_rate': {},
    'session.target': '',
    'session.warm_tokens': 0,
    'request.audio': 0,
    'request.files': 0,
    'request.json_schema': false,
  };

  it('chooses for each request by what the log holds', () => {
    const records = requests(6, (index) => ({
      ...healthy,
      'health.open': index < 2 ? ['openai/gpt-5-mini'] : [],
    }));
    expect(targets(records, plan)).toEqual({ 'openai/gpt-5.5': 2, 'openai/gpt-5-mini': 4 });
    expect(whatIf(records, plan).evidence).toMatchObject({ unknown: 0 });
  });

  it('counts as unknown where the log holds no state', () => {
    expect(whatIf(requests(3), plan).evidence.unknown).toBe(3);
  });
});
