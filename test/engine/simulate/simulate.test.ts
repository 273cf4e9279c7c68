import { describe, expect, it } from 'vitest';
import {
  costOf,
  defaultCatalogue,
  defaultPriceBook,
  noUsage,
  priceOf,
  withOverrides,
} from '#engine/catalogue/index.ts';
import { columnsFromRecords, simulate } from '#engine/simulate/index.ts';
import { aPlan } from '../builders.ts';
import { aRecord, whatIf } from './builders.ts';

const small = { kind: 'model', target: 'openai/gpt-5-mini' };
const stay = aPlan({ small });
const toOpus = aPlan({ opus: { kind: 'model', target: 'anthropic/claude-opus-5' } });
const toLarge = aPlan({ large: { kind: 'model', target: 'openai/gpt-5.5' } });

describe('what a request would cost', () => {
  it('is what was logged where it keeps its target, however it gets there', () => {
    const behind = aPlan({ gate: { kind: 'condition', cases: [], else: 'small' }, small });
    const result = whatIf([aRecord()], behind);
    expect(result.changed).toBe(1);
    expect(result.evidence).toEqual({ observed: 1, repriced: 0, modelled: 0, unknown: 0 });
    expect(result.cost_nano_usd).toEqual({ before: 500_000, after: 500_000, low: 500_000, high: 500_000 });
  });

  it('is its tokens at the other price where the other model counts alike', () => {
    const result = whatIf([aRecord()], toLarge);
    expect(result.evidence.repriced).toBe(1);
    expect(result.cost_nano_usd).toEqual({
      before: 500_000,
      after: 8_000_000,
      low: 8_000_000,
      high: 8_000_000,
    });
  });

  it('is a range from 23 % less to 30 % more where another vendor counts', () => {
    const result = whatIf([aRecord()], toOpus);
    expect(result.evidence.modelled).toBe(1);
    expect(result.cost_nano_usd).toEqual({
      before: 500_000,
      after: 7_500_000,
      low: 5_775_000,
      high: 9_750_000,
    });
  });

  it('takes the tier that the whole input reaches, cached tokens included', () => {
    const long = aRecord({ 'usage.input_tokens': 200_000, 'usage.cache_read_tokens': 72_000 });
    expect(whatIf([long], toLarge).cost_nano_usd.after).toBe(
      200_000 * 10_000 + 72_000 * 1_000 + 100 * 45_000,
    );
    const shorter = aRecord({ 'usage.input_tokens': 200_000, 'usage.cache_read_tokens': 71_999 });
    expect(whatIf([shorter], toLarge).cost_nano_usd.after).toBe(
      200_000 * 5_000 + 71_999 * 500 + 100 * 30_000,
    );
  });

  it('rounds every request once, half up, before it is added', () => {
    const priceBook = withOverrides(defaultPriceBook, { 'openai/gpt-5-nano': { input: 0.0005, output: 0 } });
    const rows = [1, 1, 1, 2, 3].map((tokens) => aRecord({ 'usage.input_tokens': tokens }));
    const cheap = aPlan({ nano: { kind: 'model', target: 'openai/gpt-5-nano' } });
    const columns = columnsFromRecords(rows);
    const book = { priceBook, catalogue: defaultCatalogue, seed: 1 };
    const result = simulate({ columns, candidate: cheap, baseline: null, ...book });
    expect(result.cost_nano_usd.after).toBe(1 + 1 + 1 + 1 + 2);
  });

  it('is to the last digit what the catalogue says, also for calls of thousands of dollars', () => {
    const priceBook = withOverrides(defaultPriceBook, {
      'openai/gpt-5-nano': { input: 500.000501, output: 0 },
    });
    // 499 and 500 pico-dollars over a whole number, just below the largest that is exact.
    const tokens = Array.from({ length: 800 }, (_, row) => 17_600_999 + 500 * row + (row % 2));
    const columns = columnsFromRecords(
      tokens.map((input) => aRecord({ 'usage.input_tokens': input, 'usage.output_tokens': 0 })),
    );
    const dear = aPlan({ nano: { kind: 'model', target: 'openai/gpt-5-nano' } });
    const book = { priceBook, catalogue: defaultCatalogue, seed: 1 };
    const result = simulate({ columns, candidate: dear, baseline: null, ...book });
    const price = priceOf(priceBook, 'openai/gpt-5-nano');
    const exact = tokens.map((inputTokens) => BigInt(costOf({ ...noUsage, inputTokens }, price)));
    const total = exact.reduce((sum, cost) => sum + cost, 0n);
    expect(BigInt(result.cost_nano_usd.after)).toBe(total);
  });

  it('counts tokens beyond four bytes', () => {
    const nano = aPlan({ nano: { kind: 'model', target: 'openai/gpt-5-nano' } });
    const result = whatIf([aRecord({ 'usage.input_tokens': 2 ** 33, 'usage.output_tokens': 0 })], nano);
    expect(result.cost_nano_usd.after).toBe(2 ** 33 * 50);
  });

  it('is nothing where the request is refused', () => {
    const refuse = aPlan({ no: { kind: 'refuse', message: 'No.' } });
    const result = whatIf([aRecord()], refuse);
    expect(result.refused).toEqual({ before: 0, after: 1 });
    expect(result.cost_nano_usd).toEqual({ before: 500_000, after: 0, low: 0, high: 0 });
    expect(result.by_target).toContainEqual({
      target: '',
      requests_before: 0,
      requests_after: 1,
      cost_before: 0,
      cost_after: 0,
    });
  });

  it('is counted as untold, and is in no sum, where a model has no price or the tokens are unknown', () => {
    const unpriced = aPlan({ odd: { kind: 'model', target: 'nobody/knows' } });
    const result = whatIf([aRecord()], unpriced);
    expect(result.without_cost).toEqual({ before: 0, after: 1 });
    expect(result.evidence.unknown).toBe(1);
    expect(result.cost_nano_usd.after).toBe(0);
    const blank = aRecord({ 'usage.output_tokens': null, 'cost.nano_usd': null });
    expect(whatIf([blank], toLarge).without_cost).toEqual({ before: 1, after: 1 });
    expect(whatIf([blank], stay).without_cost).toEqual({ before: 1, after: 1 });
  });

  it('ranges over the targets of the candidate where the decision hinges on something unknown', () => {
    const either = aPlan({
      task: { kind: 'classifier', ports: { code: 'large' }, otherwise: 'small' },
      large: { kind: 'model', target: 'openai/gpt-5.5' },
      small,
    });
    const result = whatIf([aRecord({ 'task.label': null })], either);
    expect(result.evidence.unknown).toBe(1);
    expect(result.cost_nano_usd).toEqual({ before: 500_000, after: 500_000, low: 450_000, high: 8_000_000 });
    expect(result.changes[0]).toMatchObject({ path_after: 'task:otherwise?>small', evidence: 'unknown' });
  });
});

describe('what changes', () => {
  const byTeam = aPlan({
    team: {
      kind: 'condition',
      cases: [{ id: 'ads', when: 'caller.team == "ads"', to: 'large' }],
      else: 'small',
    },
    large: { kind: 'model', target: 'openai/gpt-5.5' },
    small,
  });
  const asBefore = { 'decision.path': 'team:else>small' };
  const records = [
    aRecord({ ...asBefore, id: 'stays' }),
    aRecord({ ...asBefore, id: 'cheap', 'caller.team': 'ads', 'usage.input_tokens': 10 }),
    aRecord({ ...asBefore, id: 'dear', 'caller.team': 'ads', 'usage.input_tokens': 9_000 }),
  ];

  it('is listed with the node where the ways part, the largest change of cost first', () => {
    const result = whatIf(records, byTeam);
    expect(result.changes.map(({ id }) => id)).toEqual(['dear', 'cheap']);
    expect(result.changes[0]).toMatchObject({
      differs_at: 'team',
      path_before: 'team:else>small',
      path_after: 'team:ads>large',
      target_before: 'openai/gpt-5-mini',
      target_after: 'openai/gpt-5.5',
      cost_before: 500_000,
      cost_after: 48_000_000,
      evidence: 'repriced',
    });
  });

  it('names the model where only its target differs', () => {
    const other = aPlan({ small: { kind: 'model', target: 'openai/gpt-5.5' } });
    expect(whatIf([aRecord()], other, stay).changes[0]?.differs_at).toBe('small');
  });

  it('is counted by exit, by team and by the way from model to model', () => {
    const result = whatIf(records, byTeam);
    expect(result.by_edge).toEqual([
      { node: '', port: '', before: 3, after: 3 },
      { node: 'team', port: 'ads', before: 0, after: 2 },
      { node: 'team', port: 'else', before: 3, after: 1 },
    ]);
    expect(result.by_team.map(({ team, requests, changed }) => [team, requests, changed])).toEqual([
      ['ads', 2, 2],
      ['search', 1, 0],
    ]);
    expect(result.transitions).toEqual([
      { from: 'openai/gpt-5-mini', to: 'openai/gpt-5.5', requests: 2, cost_delta: 50_050_000 },
      { from: 'openai/gpt-5-mini', to: 'openai/gpt-5-mini', requests: 1, cost_delta: 0 },
    ]);
  });

  it('is not counted through the tries of a fallback that only a failure would reach', () => {
    const tries = aPlan({
      f: { kind: 'fallback', try: ['a', 'b'] },
      a: { kind: 'model', target: 'openai/gpt-5-mini' },
      b: { kind: 'model', target: 'openai/gpt-5.5' },
    });
    expect(whatIf(records, tries, tries).by_edge).toEqual([
      { node: '', port: '', before: 3, after: 3 },
      { node: 'f', port: '1', before: 3, after: 3 },
      { node: 'f', port: '2', before: 0, after: 0 },
    ]);
  });

  it('shows 200 changes at most, and those without a cost at the end', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      aRecord({ id: `r${index}`, 'usage.input_tokens': index * 10 }),
    );
    const result = whatIf([aRecord({ id: 'blank', 'usage.input_tokens': null }), ...many], toLarge);
    expect(result.changed).toBe(301);
    expect(result.changes).toHaveLength(200);
    expect(result.changes[0]?.id).toBe('r299');
    const few = whatIf(
      [aRecord({ id: 'blank', 'usage.input_tokens': null }), aRecord({ id: 'told' })],
      toLarge,
    );
    expect(few.changes.map(({ id, cost_after }) => [id, cost_after])).toEqual([
      ['told', 8_000_000],
      ['blank', null],
    ]);
  });

  it('is seen by target alone where the log holds no decision', () => {
    const foreign = aRecord({ 'decision.path': '', 'decision.targets': [] });
    expect(whatIf([foreign], stay).changed).toBe(0);
    expect(whatIf([foreign], toLarge).changed).toBe(1);
  });

  it('adds nothing to the range where rows are decided as before', () => {
    const sessions = Array.from({ length: 40 }, (_, index) =>
      aRecord({ ...asBefore, 'session.id': `s${index}`, 'cost.nano_usd': 1_000 * index }),
    );
    const { before, after, low, high } = whatIf(sessions, byTeam).cost_nano_usd;
    expect([after, low, high]).toEqual([before, before, before]);
  });
});

describe('how long it takes', () => {
  it('is as logged where a request keeps its target, and leaves failures out', () => {
    const failed = aRecord({ 'outcome.status': 'failed', 'latency.total_ms': 90_000 });
    expect(whatIf([aRecord(), failed], stay).latency_ms).toEqual({ before: 1_000, after: 1_000 });
  });

  it('is the mean of the other target in this log where it has enough rows', () => {
    const there = Array.from({ length: 30 }, () =>
      aRecord({
        'decision.targets': ['openai/gpt-5.5'],
        'outcome.target': 'openai/gpt-5.5',
        'latency.total_ms': 4_000,
      }),
    );
    expect(whatIf([aRecord(), ...there], toLarge).latency_ms.after).toBe(4_000);
  });

  it('is the first token and the catalogue’s speed where the log knows nothing', () => {
    const after = whatIf([aRecord()], toOpus).latency_ms.after;
    expect(after).toBeCloseTo(200 + (100 * 1_000) / 54.9, 6);
  });

  it('is not told where neither is known', () => {
    const unpriced = aPlan({ odd: { kind: 'model', target: 'nobody/knows' } });
    expect(whatIf([aRecord()], unpriced).latency_ms).toEqual({ before: 1_000, after: null });
  });
});

describe('a result', () => {
  it('says when its rows come from the simulated upstream', () => {
    const sentence = '1 of 2 requests come from the simulated upstream or the generated sample.';
    expect(whatIf([aRecord({ sandbox: true }), aRecord()], stay).assumptions).toContain(sentence);
    expect(whatIf([aRecord()], stay).assumptions).not.toContain(sentence);
  });

  it('is empty for no records', () => {
    const result = whatIf([], toOpus, stay);
    expect(result.cost_nano_usd).toEqual({ before: 0, after: 0, low: 0, high: 0 });
    expect(result.latency_ms).toEqual({ before: null, after: null });
    expect(result.by_target).toEqual([]);
  });

  it('keeps days apart in UTC', () => {
    const at = (time: number) => aRecord({ 'time.at': time });
    const days = [at(Date.UTC(2026, 10, 1, 23, 59)), at(Date.UTC(2026, 10, 2)), aRecord({ 'time.at': null })];
    expect(whatIf(days, stay).by_day.map(({ day, requests }) => [day, requests])).toEqual([
      ['', 1],
      ['2026-11-01', 1],
      ['2026-11-02', 1],
    ]);
  });
});
