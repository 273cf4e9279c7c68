import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import { expectFailures } from '#engine/simulate/estimate/expect-failures.ts';
import { forecast } from '#engine/simulate/estimate/forecast.ts';
import { columnsFromRecords, Estimates, fitEstimates, simulate } from '#engine/simulate/index.ts';
import { replayRecords } from '#engine/simulate/simulate.ts';
import { aPlan } from '../../builders.ts';
import { aRecord, whatIf } from '../builders.ts';

const mini = 'openai/gpt-5-mini';
const claude = 'anthropic/claude-sonnet-4-5';
const toClaude = aPlan({ to: { kind: 'model', target: claude } });
const toMini = aPlan({ small: { kind: 'model', target: mini } });
const world = { baseline: null, priceBook: defaultPriceBook, catalogue: defaultCatalogue, seed: 3 };

/** Requests of a task at a target: Claude makes 1.2 tokens where 1 was estimated, the other 1. */
function rowsOf(target: string, task: string, output: (row: number) => number, count = 200) {
  return Array.from({ length: count }, (_, row): RequestRecord => {
    const estimated = 800 + ((row * 37) % 400);
    return aRecord({
      id: `${target} ${task} ${row}`,
      'session.id': `${target} ${task} ${row}`,
      'task.label': task,
      'request.input_tokens': estimated,
      'decision.path': '',
      'decision.targets': [target],
      'outcome.target': target,
      'usage.input_tokens': Math.round(
        estimated * (target === claude ? 1.2 : 1) * (1 + 0.01 * ((row % 5) - 2)),
      ),
      'usage.output_tokens': output(row),
    });
  });
}

const wordy = (row: number) => 300 + (row % 41) * 2;
const terse = (row: number) => 100 + (row % 21);
const log = [
  ...rowsOf(mini, 'code', terse),
  ...rowsOf(claude, 'code', wordy),
  ...rowsOf(mini, 'translation', terse),
  ...rowsOf(claude, 'translation', terse),
];
const columns = columnsFromRecords(log);
const fitted = fitEstimates(columns, defaultCatalogue);

describe('estimates', () => {
  it('are plain JSON of a stated shape, and the same again', () => {
    expect(Estimates.parse(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
    expect(fitEstimates(columnsFromRecords(log), defaultCatalogue)).toEqual(fitted);
  });

  it('take the tokens of a text and the length of answers by task from the log', () => {
    const alone = (task: string) =>
      whatIf(
        log.filter((row) => row['task.label'] === task && row['outcome.target'] === mini),
        toClaude,
        null,
        1,
        {
          ...fitted,
          caching: false,
        },
      ).cost_nano_usd;
    const { input, output } = { input: 3_000, output: 15_000 };
    const mean = { input: 995, terse: 110, wordy: 340 };
    const truth = (length: number) => 200 * (1.2 * mean.input * input + length * output);
    expect(alone('code').after / truth(mean.wordy)).toBeCloseTo(1, 1);
    expect(alone('translation').after / truth(mean.terse)).toBeCloseTo(1, 1);
  });

  it('call a move with history modelled, and one without history doubtful', () => {
    const result = simulate({ columns, candidate: toClaude, ...world });
    expect(result.evidence).toEqual({ observed: 400, repriced: 0, modelled: 400, unknown: 0 });
    const unheard = whatIf(
      log,
      aPlan({ to: { kind: 'model', target: 'google/gemini-2.5-pro' } }),
      null,
      1,
      fitted,
    );
    const width = ({ low, high, after }: typeof result.cost_nano_usd) => (high - low) / after;
    expect(width(unheard.cost_nano_usd)).toBeGreaterThan(2 * width(result.cost_nano_usd));
  });

  it('say nothing of tokenizers where a log’s estimates are its counts', () => {
    const foreign = log.map((row) => ({ ...row, 'request.input_tokens': row['usage.input_tokens'] }));
    expect(fitEstimates(columnsFromRecords(foreign), defaultCatalogue).input).toEqual([]);
  });

  it('change nothing where nothing moves', () => {
    const { cost_nano_usd: cost, ...result } = simulate({
      columns,
      candidate: toMini,
      ...world,
      baseline: toMini,
    });
    expect([cost.after, cost.low, cost.high]).toEqual([cost.before, cost.before, cost.before]);
    expect(result.errors.after).toBe(result.errors.before);
    expect(result.latency.after).toEqual(result.latency.before);
    expect(result.cache.lost_tokens).toBe(0);
  });

  it('cost more the longer a target answers', () => {
    const costWith = (more: number) =>
      simulate({
        columns,
        candidate: toClaude,
        ...world,
        estimates: {
          ...fitted,
          caching: false,
          answers: fitted.answers.map((one) =>
            one.target === claude ? { ...one, relative: one.relative + more } : one,
          ),
        },
      }).cost_nano_usd.after;
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (at, more) => {
          expect(costWith(at + more)).toBeGreaterThan(costWith(at));
        },
      ),
      { numRuns: 25, seed: 2 },
    );
  });

  it('forecast a total inside their interval, which grows with the doubt', () => {
    const replay = replayRecords({
      columns,
      candidate: toClaude,
      ...world,
      estimates: { ...fitted, caching: false },
    });
    const { total, low, high } = forecast(replay);
    expect(low).toBeLessThan(total);
    expect(high).toBeGreaterThan(total);
    const unsure = {
      ...fitted,
      caching: false,
      answers: fitted.answers.map((one) => ({ ...one, sigma: one.sigma + 0.1 })),
    };
    const wider = forecast(replayRecords({ ...replay.whatIf, estimates: unsure }));
    expect(wider.high - wider.low).toBeGreaterThan(high - low);
    expect(wider.total).toBe(total);
  });
});

describe('failures of a what-if', () => {
  it('are the log’s where requests stay, and the new target’s rate where they move', () => {
    const failing = log.map((row, index) =>
      row['outcome.target'] === claude && index % 10 === 0
        ? { ...row, 'outcome.status': 'failed' as const, 'outcome.error': 'timeout' }
        : row,
    );
    const result = simulate({ columns: columnsFromRecords(failing), candidate: toClaude, ...world });
    expect(result.errors.before).toBe(40);
    expect(result.errors.after).toBeGreaterThan(70);
    expect(result.errors.after).toBeLessThan(81);
    expect(result.errors.low).toBeLessThan(result.errors.after);
    expect(result.errors.high).toBeGreaterThan(result.errors.after);
  });

  it('grow with the rate of the target that requests move to', () => {
    const { bins } = replayRecords({ columns, candidate: toClaude, ...world });
    const rows = new Float64Array(bins.bins.length).fill(50);
    const at = (failed: number) =>
      expectFailures(bins, rows, { ...fitted, failures: [{ target: claude, calls: 1_000, failed }] }).errors
        .after;
    expect(at(300)).toBeGreaterThan(at(100));
    expect(at(0)).toBe(0);
  });
});
