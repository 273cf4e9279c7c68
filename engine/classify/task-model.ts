import { decodeBase64 } from './decode-base64.ts';
import { featureRows } from './task-features.ts';
import { taskLabels } from './task-labels.ts';
import type { VisitRows } from './text-features.ts';

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

const format = 2;
const width = taskLabels.length;

/** Decodes a weights file. Throws when it was trained for other labels or features than this code has. */
export function readTaskModel(file: TaskModelFile): TaskModel {
  if (file.format !== format || file.rows !== featureRows || file.labels.join() !== taskLabels.join()) {
    throw new Error(
      `The task weights have format ${file.format}, ${file.rows} rows and labels ${file.labels.join()}; ` +
        `this code needs format ${format}, ${featureRows} rows and ${taskLabels.join()}. Train them again.`,
    );
  }
  const weights = decodeBase64(file.weights);
  if (weights.length !== featureRows * width) {
    throw new Error(`The task weights hold ${weights.length} bytes; ${featureRows * width} would be right.`);
  }
  return { weights, scale: file.scale, bias: file.bias, temperature: file.temperature };
}

/** A visitor that adds what the rows it sees say for every label to `logits`. */
export function addToLogits({ weights, scale }: TaskModel, logits: Float64Array): VisitRows {
  const sums = new Int32Array(width);
  return (rows, count, value) => {
    sumRows(weights, rows, count, sums);
    const factor = value * scale;
    for (let label = 0; label < width; label++)
      logits[label] = (logits[label] ?? 0) + (sums[label] ?? 0) * factor;
  };
}

/** Sums rows of the table. Written out label by label: as an inner loop it takes three times as long. */
function sumRows(table: Int8Array, rows: Int32Array, count: number, sums: Int32Array): void {
  let [a, b, c, d, e, f, g, h, i, j] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let at = 0; at < count; at++) {
    const start = (rows[at] ?? 0) * width;
    a += table[start] ?? 0;
    b += table[start + 1] ?? 0;
    c += table[start + 2] ?? 0;
    d += table[start + 3] ?? 0;
    e += table[start + 4] ?? 0;
    f += table[start + 5] ?? 0;
    g += table[start + 6] ?? 0;
    h += table[start + 7] ?? 0;
    i += table[start + 8] ?? 0;
    j += table[start + 9] ?? 0;
  }
  sums[0] = a;
  sums[1] = b;
  sums[2] = c;
  sums[3] = d;
  sums[4] = e;
  sums[5] = f;
  sums[6] = g;
  sums[7] = h;
  sums[8] = i;
  sums[9] = j;
}

/** Turns logits into probabilities at a temperature (above 1 flattens); they add up to 1, in the order of `taskLabels`. */
export function softmax(logits: ArrayLike<number>, temperature: number): Float64Array {
  const values = Float64Array.from(logits);
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > highest) highest = value;
  let total = 0;
  for (let at = 0; at < values.length; at++)
    total += values[at] = Math.exp(((values[at] ?? 0) - highest) / temperature);
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) / total;
  return values;
}
