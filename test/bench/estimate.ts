import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultCatalogue, defaultPriceBook, withOverrides } from '#engine/catalogue/index.ts';
import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import { parsePolicy } from '#engine/policy/index.ts';
import { forecast } from '#engine/simulate/estimate/forecast.ts';
import { columnsFromRecords, fitEstimates } from '#engine/simulate/index.ts';
import { replayRecords } from '#engine/simulate/simulate.ts';
import {
  generatedPairs,
  type PairedPrompt,
  pairPrices,
  recordsOf,
  routerBenchPairs,
} from './estimate/pairs.ts';
import { median, printTable, seededDraws } from './print-table.ts';

const halvesOfPair = 3;

/**
 * Prompts that several models answered: the estimator is fitted on one half, in which all answers are logged, and says
 * what the other half, logged at one model, would have cost at another. What it did cost is known.
 */
export async function run(): Promise<void> {
  const folder = dataFolder();
  const pairs = folder === null ? generatedPairs() : await readPairs(folder);
  console.log(
    folder === null
      ? '  No --data FOLDER with routing/routerbench_subset.jsonl: measured on generated pairs.\n'
      : `  Recorded pairs of RouterBench: ${pairs.length} prompts.\n`,
  );
  const models = Object.keys(pairs[0]?.costUsd ?? {});
  const priceBook = withOverrides(defaultPriceBook, pairPrices(models));
  const draw = seededDraws(20_261_122);
  const trials: Trial[] = [];
  for (const from of models)
    for (const to of models)
      if (from !== to)
        for (let half = 0; half < halvesOfPair; half += 1)
          trials.push(tryHalf(pairs, from, to, priceBook, draw));
  tell(trials, models);
}

interface Trial {
  readonly from: string;
  readonly to: string;
  /** Forecast less truth, as a share of the truth. */
  readonly off: number;
  readonly sameTokensOff: number;
  readonly covered: boolean;
  /** Half the width of the interval, as a share of the truth. */
  readonly width: number;
}

function tryHalf(
  pairs: readonly PairedPrompt[],
  from: string,
  to: string,
  priceBook: Parameters<typeof withOverrides>[0],
  draw: () => number,
): Trial {
  const shuffled = pairs.map((pair) => ({ pair, at: draw() })).sort((left, right) => left.at - right.at);
  const half = shuffled.length >> 1;
  const [one, other] = [shuffled.slice(0, half), shuffled.slice(half)].map((part) =>
    part.map(({ pair }) => pair),
  );
  const estimates = fitEstimates(columnsFromRecords(recordsOf(one ?? [], [from, to])), defaultCatalogue);
  const replay = replayRecords({
    columns: columnsFromRecords(recordsOf(other ?? [], [from])),
    candidate: planTo(to),
    baseline: null,
    priceBook,
    catalogue: defaultCatalogue,
    seed: 1,
    estimates: { ...estimates, caching: false },
  });
  const { total, low, high } = forecast(replay);
  const truth = (other ?? []).reduce((sum, { costUsd }) => sum + (costUsd[to] ?? 0) * 1e9, 0);
  const plain = forecast(
    replayRecords({ ...replay.whatIf, estimates: { ...estimates, kind: 'same_tokens' } }),
  ).total;
  return {
    from,
    to,
    off: total / truth - 1,
    sameTokensOff: plain / truth - 1,
    covered: low <= truth && truth <= high,
    width: (high - low) / 2 / truth,
  };
}

const plans = new Map<string, Plan>();

function planTo(target: string): Plan {
  const known = plans.get(target);
  if (known !== undefined) return known;
  const parsed = parsePolicy(
    JSON.stringify({
      format: 1,
      id: 'to',
      name: 'To',
      entry: 'm',
      nodes: { m: { kind: 'model', target: `pairs/${target}` } },
    }),
  );
  if (parsed.kind === 'bad') throw new Error(JSON.stringify(parsed.diagnostics));
  const compiled = compilePolicy(parsed.policy);
  if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
  plans.set(target, compiled.plan);
  return compiled.plan;
}

function tell(trials: readonly Trial[], models: readonly string[]): void {
  const summary = (label: string, some: readonly Trial[]) => {
    const size = some.map(({ off }) => Math.abs(100 * off));
    return [
      label,
      some.length,
      median(size),
      Math.max(...size),
      percent(some, ({ off }) => Math.abs(off) <= 0.05),
      percent(some, ({ covered }) => covered),
      median(some.map(({ width }) => 100 * width)),
      Math.max(...some.map(({ sameTokensOff }) => Math.abs(100 * sameTokensOff))),
    ];
  };
  printTable(
    [
      'moved to',
      'halves',
      'median off %',
      'most off %',
      'within 5 %',
      'covered %',
      '± %',
      'same tokens, most off %',
    ],
    [
      ...models.map((model) =>
        summary(
          model,
          trials.filter(({ to }) => to === model),
        ),
      ),
      summary('all pairs of models', trials),
    ],
  );
  console.log('\n  Goal: totals within 5 %, truth inside the 95 % interval about 95 times in 100.');
}

function percent(trials: readonly Trial[], holds: (trial: Trial) => boolean): number {
  return (100 * trials.filter(holds).length) / trials.length;
}

async function readPairs(folder: string): Promise<readonly PairedPrompt[]> {
  const text = await readFile(join(folder, 'routing', 'routerbench_subset.jsonl'), 'utf8');
  return routerBenchPairs(text.split('\n').filter((line) => line !== ''));
}

function dataFolder(): string | null {
  const at = process.argv.indexOf('--data');
  return at < 0 ? null : (process.argv[at + 1] ?? null);
}
