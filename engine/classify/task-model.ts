import { decodeBase64 } from './decode-base64.ts';
import { type FeatureGroup, featureRows } from './task-features.ts';
import { taskLabels } from './task-labels.ts';

/** The weights file as the training script writes it. */
export interface TaskModelFile {
  readonly format: number;
  readonly labels: readonly string[];
  readonly rows: number;
  /** A weight is its signed byte times this. */
  readonly scale: number;
  /** One number a label, prior shift included. */
  readonly bias: readonly number[];
  /** Logits are divided by it, so that probabilities mean what they say. */
  readonly temperature: number;
  /** Base64 of `rows` × labels signed bytes, row by row. */
  readonly weights: string;
}

export interface TaskModel {
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: readonly number[];
  readonly temperature: number;
}

/** Decodes a weights file. Throws when it was trained for other labels or features than this code has. */
export function readTaskModel(file: TaskModelFile): TaskModel {
  if (file.format !== 1 || file.rows !== featureRows || file.labels.join() !== taskLabels.join()) {
    throw new Error(
      `The task weights have format ${file.format}, ${file.rows} rows and labels ${file.labels.join()}; ` +
        `this code needs format 1, ${featureRows} rows and ${taskLabels.join()}. Train them again.`,
    );
  }
  const weights = decodeBase64(file.weights);
  if (weights.length !== featureRows * taskLabels.length) {
    throw new Error(
      `The task weights hold ${weights.length} bytes; ${featureRows * taskLabels.length} would be right.`,
    );
  }
  return { weights, scale: file.scale, bias: file.bias, temperature: file.temperature };
}

/** The probability of every label, in the order of `taskLabels`; they add up to 1. */
export function predictTask(model: TaskModel, groups: readonly FeatureGroup[]): readonly number[] {
  const logits = [...model.bias];
  for (const group of groups) addGroup(logits, model, group);
  return softmax(logits, model.temperature);
}

/** Turns logits into probabilities at a temperature (above 1 flattens). */
export function softmax(logits: readonly number[], temperature: number): readonly number[] {
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp((logit - highest) / temperature));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.map((value) => value / total);
}

function addGroup(logits: number[], model: TaskModel, group: FeatureGroup): void {
  const { weights } = model;
  const width = logits.length;
  const sums = new Int32Array(width);
  for (const row of group.rows) {
    const start = row * width;
    for (let label = 0; label < width; label++)
      sums[label] = (sums[label] ?? 0) + (weights[start + label] ?? 0);
  }
  const factor = group.value * model.scale;
  for (let label = 0; label < width; label++)
    logits[label] = (logits[label] ?? 0) + (sums[label] ?? 0) * factor;
}
