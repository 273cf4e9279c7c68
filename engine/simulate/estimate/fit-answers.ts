import type { Estimates } from './estimates.ts';
import { type CellSums, type Errors, errorsOf, standardError, sum } from './group-sums.ts';
import { enoughRows, priorAnswerSigma, priorTaskSigma } from './priors.ts';
import { shrink } from './shrink.ts';

interface Cell {
  readonly target: string;
  readonly task: string;
  readonly rows: number;
  readonly tokens: number;
  readonly errors: Float64Array;
  readonly error: number;
}

/**
 * Length of answers by target and task, relative to the mean of all targets for the task: a target's cells are drawn
 * towards the target in general, and that towards nothing special. So few answers say little, and many say all.
 */
export function fitAnswers(sums: readonly CellSums[]): {
  readonly answers: Estimates['answers'];
  readonly answerErrors: readonly Errors[];
} {
  const cells = sums.map(cellOf).filter(({ tokens }) => tokens > 0);
  const means = meansByTask(cells);
  const relative = (cell: Cell) => Math.log(cell.tokens / (means.get(cell.task) ?? cell.tokens));
  const answers: Estimates['answers'] = [];
  const answerErrors: Errors[] = [];
  for (const target of new Set(cells.map((cell) => cell.target))) {
    const own = cells.filter((cell) => cell.target === target);
    const rows = own.reduce((total, cell) => total + cell.rows, 0);
    if (rows < enoughRows) continue;
    const tokens = own.reduce((total, cell) => total + cell.rows * cell.tokens, 0) / rows;
    const general = inGeneral(own, relative);
    const spread = own.reduce((total, cell) => total + cell.rows * spreadOf(cell), 0) / rows;
    const untold = own.find((cell) => cell.task === '' && cell.rows >= enoughRows);
    if (untold === undefined)
      answers.push({ target, task: '', rows, tokens, relative: general.mean, sigma: general.sigma, spread });
    for (const cell of own) {
      if (cell.task === '' && cell !== untold) continue;
      const { mean, sigma } = shrink(relative(cell), cell.error, general.mean, priorTaskSigma);
      const { task, errors } = cell;
      answers.push({
        target,
        task,
        rows: cell.rows,
        tokens: cell.tokens,
        relative: mean,
        sigma,
        spread: spreadOf(cell),
      });
      answerErrors.push({ target, task, byGroup: errors });
    }
  }
  return { answers, answerErrors };
}

function cellOf({ target, task, rows, answers }: CellSums): Cell {
  const errors = errorsOf(answers, rows);
  const count = sum(rows);
  return { target, task, rows: count, tokens: sum(answers) / count, errors, error: standardError(errors) };
}

/** Each target counts alike, so that who was asked most does not set the measure. */
function meansByTask(cells: readonly Cell[]): ReadonlyMap<string, number> {
  const logs = new Map<string, { total: number; weight: number }>();
  for (const cell of cells) {
    const seen = logs.get(cell.task) ?? { total: 0, weight: 0 };
    const weight = Math.min(cell.rows, enoughRows);
    seen.total += weight * Math.log(cell.tokens);
    seen.weight += weight;
    logs.set(cell.task, seen);
  }
  return new Map([...logs].map(([task, { total, weight }]) => [task, Math.exp(total / weight)]));
}

function inGeneral(cells: readonly Cell[], relative: (cell: Cell) => number) {
  let general = { mean: 0, sigma: priorAnswerSigma };
  for (const cell of cells) {
    const sigma = Math.hypot(cell.error, priorTaskSigma);
    general = shrink(relative(cell), sigma, general.mean, general.sigma);
  }
  return general;
}

function spreadOf({ error, rows }: Cell): number {
  return error * Math.sqrt(rows);
}
