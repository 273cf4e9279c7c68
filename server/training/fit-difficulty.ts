import { difficultyFeatures } from '#engine/classify/difficulty-features.ts';
import type { DifficultyFile } from '#engine/classify/estimate-difficulty.ts';

/** A prompt with its outcomes: how often weak and strong models were right, 0–1. */
export interface OutcomeSample {
  readonly task: string;
  readonly characters: number;
  readonly measured: Float64Array;
  readonly weak: number;
  readonly strong: number;
}

const width = difficultyFeatures.length;
const settings = { steps: 400, rate: 1, shrink: 0.02, taskShrink: 0.02 } as const;
/** What can only make a prompt easier, and what may do either; everything else can only make it harder. */
const easier: readonly string[] = ['people and feelings'];
const free: readonly string[] = ['words per sentence', 'code', 'natural science', 'comparisons'];

/**
 * Logistic regression on the share of small models that fail, by full-batch gradient descent: every task counts alike
 * and has an offset of its own that is shrunk, so that both what makes a task hard and what makes a prompt of a task hard
 * are learned. No chance is involved.
 */
export function fitDifficulty(samples: readonly OutcomeSample[]): DifficultyFile {
  const { means, deviations } = standardize(samples, width);
  const tasks = [...new Set(samples.map(({ task }) => task))];
  const sizes = tasks.map((task) => samples.filter((sample) => sample.task === task).length);
  const rows = samples.map(({ task, measured, weak }) => ({
    task: tasks.indexOf(task),
    share: 1 / (sizes[tasks.indexOf(task)] ?? 1) / tasks.length,
    failed: 1 - weak,
    values: Array.from({ length: width }, (_, at) =>
      clampedDeviation(measured[at] ?? 0, means[at] ?? 0, deviations[at] ?? 1),
    ),
  }));
  const fit: Fit = { bias: 0, weights: new Array(width).fill(0), offsets: new Array(tasks.length).fill(0) };
  for (let step = 0; step < settings.steps; step++) descend(fit, rows);
  return {
    format: 1,
    features: difficultyFeatures,
    means: means.map(round),
    deviations: deviations.map(round),
    weights: fit.weights.map(round),
    bias: round(fit.bias),
  };
}

interface Row {
  readonly task: number;
  /** What it counts of all, 0–1. */
  readonly share: number;
  readonly failed: number;
  readonly values: readonly number[];
}

interface Fit {
  bias: number;
  readonly weights: number[];
  /** Log-odds a task is harder than its features say. */
  readonly offsets: number[];
}

function descend(fit: Fit, rows: readonly Row[]): void {
  const { weights, offsets } = fit;
  const slope = new Array<number>(width).fill(0);
  const offsetSlope = offsets.map((offset) => settings.taskShrink * offset);
  let biasSlope = 0;
  for (const { task, share, failed, values } of rows) {
    let logOdds = fit.bias + (offsets[task] ?? 0);
    for (let at = 0; at < width; at++) logOdds += (weights[at] ?? 0) * (values[at] ?? 0);
    const error = (1 / (1 + Math.exp(-logOdds)) - failed) * share;
    biasSlope += error;
    offsetSlope[task] = (offsetSlope[task] ?? 0) + error;
    for (let at = 0; at < width; at++) slope[at] = (slope[at] ?? 0) + error * (values[at] ?? 0);
  }
  fit.bias -= settings.rate * biasSlope;
  for (const [task, offset] of offsets.entries())
    offsets[task] = offset - settings.rate * (offsetSlope[task] ?? 0);
  for (const [at, weight] of weights.entries()) {
    const moved = weight - settings.rate * ((slope[at] ?? 0) + settings.shrink * weight);
    weights[at] = hold(moved, difficultyFeatures[at] ?? '');
  }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function hold(weight: number, name: string): number {
  if (free.includes(name)) return weight;
  return easier.includes(name) ? Math.min(0, weight) : Math.max(0, weight);
}

function clampedDeviation(value: number, mean: number, deviation: number): number {
  return Math.min(3, Math.max(-3, (value - mean) / deviation));
}

function standardize(
  samples: readonly OutcomeSample[],
  width: number,
): { readonly means: readonly number[]; readonly deviations: readonly number[] } {
  const columns = Array.from({ length: width }, (_, at) => samples.map(({ measured }) => measured[at] ?? 0));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviations = columns.map((column, at) => {
    const spread = column.reduce((sum, value) => sum + (value - (means[at] ?? 0)) ** 2, 0) / column.length;
    return Math.max(0.05, Math.sqrt(spread));
  });
  return { means, deviations };
}
