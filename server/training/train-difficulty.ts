import { join } from 'node:path';
import * as z from 'zod';
import { cutText } from '#engine/classify/cut-text.ts';
import { measureDifficulty } from '#engine/classify/difficulty-features.ts';
import { type DifficultyFile, scoreDifficulty } from '#engine/classify/estimate-difficulty.ts';
import { scanText } from '#engine/classify/scan-text.ts';
import { averageGapRecovered, type RoutedPrompt } from './apgr.ts';
import { fitDifficulty, type OutcomeSample } from './fit-difficulty.ts';
import { groupBy } from './group-by.ts';
import { overlappingRows, trainedTasks } from './outcome-material.ts';
import { readLines } from './read-prompts.ts';

const OutcomeRow = z.object({
  id: z.string(),
  dataset: z.string(),
  task: z.string().optional(),
  prompt: z.string(),
  scores: z.record(z.string(), z.number()),
});
type OutcomeRow = z.output<typeof OutcomeRow>;

/** Whose failures are learned: the small models that answer in the form asked for. */
const smallModels = [
  'mistral-7b-instruct-v0.3',
  'llama-3.1-8b-instruct',
  'qwen2.5-7b-instruct',
  'gemma-2-9b-it',
];
const pairs = {
  llmrouter: {
    weak: smallModels,
    strong: ['llama-3.1-nemotron-51b-instruct', 'llama-3.3-nemotron-super-49b-v1'],
  },
  routerbench: { weak: ['mistralai/mixtral-8x7b-chat'], strong: ['gpt-4-1106-preview'] },
} as const;

/** Gap recovered on one set: by the length of the prompt, and by the difficulty. */
export interface DifficultyScore {
  readonly name: string;
  readonly rows: number;
  readonly byLength: number | null;
  readonly byDifficulty: number | null;
  /** How well each tells what small models fail from what they do not (area under the ROC curve). */
  readonly lengthAuc: number;
  readonly difficultyAuc: number;
}

export interface DifficultyFigures {
  readonly trainedOn: readonly { readonly task: string; readonly rows: number }[];
  /** Never trained on. */
  readonly held: readonly DifficultyScore[];
  /** Tasks of the training set, each by weights fitted without it. */
  readonly leftOut: readonly DifficultyScore[];
}

/** Fits the difficulty weights to outcomes of small models, and measures them on what was not fitted. */
export function trainDifficulty(folder: string): {
  readonly weights: DifficultyFile;
  readonly figures: DifficultyFigures;
} {
  const rows = readLines(join(folder, 'llmrouter_9models.jsonl'), OutcomeRow)
    .filter(({ id, task }) => trainedTasks.includes(task ?? '') && !overlappingRows.includes(id))
    .map((row) => aSample(row, pairs.llmrouter));
  const tasks = groupBy(rows, ({ task }) => task);
  const weights = fitDifficulty(rows);
  const held = readLines(join(folder, 'routerbench_subset.jsonl'), OutcomeRow)
    .filter(({ scores }) =>
      [...pairs.routerbench.weak, ...pairs.routerbench.strong].every((model) => model in scores),
    )
    .map((row) => aSample(row, pairs.routerbench));
  return {
    weights,
    figures: {
      trainedOn: [...tasks].map(([task, members]) => ({ task, rows: members.length })),
      held: [...groupBy(held, ({ task }) => task)].map(([name, members]) => scoreSet(name, members, weights)),
      leftOut: [...tasks].map(([name, members]) =>
        scoreSet(name, members, fitDifficulty(rows.filter(({ task }) => task !== name))),
      ),
    },
  };
}

/** The figures as a table. */
export function describeDifficulty({ trainedOn, held, leftOut }: DifficultyFigures): readonly string[] {
  const lineOf =
    (kind: string) =>
    (score: DifficultyScore): string =>
      `| ${score.name} | ${kind} | ${score.rows} | ${three(score.byLength)} | ${three(score.byDifficulty)} | ${three(score.lengthAuc)} | ${three(score.difficultyAuc)} |`;
  return [
    `trained on ${trainedOn.map(({ task, rows }) => `${task} (${rows})`).join(', ')}`,
    '',
    '| set | | rows | APGR by length | APGR by difficulty | AUC of length | AUC of difficulty |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...held.map(lineOf('never trained on')),
    ...leftOut.map(lineOf('left out')),
  ];
}

function aSample(
  row: OutcomeRow,
  pair: { weak: readonly string[]; strong: readonly string[] },
): OutcomeSample {
  const text = cutText(row.prompt).toLowerCase();
  const meanOf = (models: readonly string[]): number =>
    models.reduce((sum, model) => sum + (row.scores[model] ?? 0), 0) / models.length;
  return {
    task: row.task ?? row.dataset,
    characters: row.prompt.length,
    measured: measureDifficulty(text, scanText(text), row.prompt.length),
    weak: meanOf(pair.weak),
    strong: meanOf(pair.strong),
  };
}

function scoreSet(name: string, rows: readonly OutcomeSample[], weights: DifficultyFile): DifficultyScore {
  const difficultyOf = ({ measured }: OutcomeSample): number => scoreDifficulty(weights, measured);
  const lengthOf = ({ characters }: OutcomeSample): number => characters;
  const route = (of: (row: OutcomeSample) => number): readonly RoutedPrompt[] =>
    rows.map((row) => ({ difficulty: of(row), weak: row.weak, strong: row.strong }));
  return {
    name,
    rows: rows.length,
    byLength: roundOr(averageGapRecovered(route(lengthOf))),
    byDifficulty: roundOr(averageGapRecovered(route(difficultyOf))),
    lengthAuc: round(areaUnder(rows, lengthOf)),
    difficultyAuc: round(areaUnder(rows, difficultyOf)),
  };
}

/** The chance that a prompt small models fail more often than usual of its set is said to be harder than one they do not. */
function areaUnder(rows: readonly OutcomeSample[], of: (row: OutcomeSample) => number): number {
  const usual = rows.reduce((sum, { weak }) => sum + weak, 0) / rows.length;
  const failed = rows.filter(({ weak }) => weak < usual).map(of);
  const solved = rows.filter(({ weak }) => weak >= usual).map(of);
  if (failed.length === 0 || solved.length === 0) return 0.5;
  let won = 0;
  for (const one of failed) for (const other of solved) won += one > other ? 1 : one === other ? 0.5 : 0;
  return won / (failed.length * solved.length);
}

function three(value: number | null): string {
  return value === null ? '–' : value.toFixed(3);
}

function roundOr(value: number | null): number | null {
  return value === null ? null : round(value);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
