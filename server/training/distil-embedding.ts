import { exampleFeatures } from '#engine/classify/examples/example-features.ts';
import { seededRandom } from '../providers/sandbox/seeded-random.ts';
import { shuffle } from './shuffle.ts';

export interface TableSize {
  readonly rows: number;
  readonly dimensions: number;
}

/** A table as signed bytes, and how near its sums come to the encoder's vectors on texts it has not seen (mean cosine). */
export interface Distilled {
  readonly table: Int8Array;
  readonly kept: number;
}

const epochs = 8;
/** Share of the texts that is left out for measuring. */
const leftOut = 0.03;
/** Features that are left out of a text while learning, so that each learns to stand alone. */
const dropped = 0.15;

/**
 * Fits a vector to every hashed feature so that the sum over a text points where the encoder's vector does: stochastic
 * gradient descent on the cosine with AdaGrad's step sizes (Duchi et al., 2011). Seeded.
 */
export function distil(
  texts: readonly string[],
  targets: readonly Float64Array[],
  size: TableSize,
): Distilled {
  const { rows, dimensions } = size;
  const random = seededRandom(7);
  const features = texts.map((text) => exampleFeatures(text, rows).rows);
  const weights = Float32Array.from({ length: rows * dimensions }, () => (random() - 0.5) * 0.1);
  const squares = new Float32Array(rows * dimensions).fill(1e-6);
  const held = Math.floor(texts.length * leftOut);
  const order = Array.from({ length: texts.length - held }, (_, index) => index + held);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const rate = 0.08 * (1 - epoch / epochs) + 0.005;
    for (const index of order) {
      const on = (features[index] ?? []).filter(() => random() >= dropped);
      if (on.length > 0) step(weights, squares, on, targets[index] as Float64Array, rate);
    }
  }
  let sum = 0;
  for (let index = 0; index < held; index += 1)
    sum += cosineOf(weights, features[index] ?? [], targets[index] as Float64Array);
  return { table: quantise(weights), kept: held === 0 ? Number.NaN : sum / held };
}

function step(
  weights: Float32Array,
  squares: Float32Array,
  on: readonly number[],
  target: Float64Array,
  rate: number,
): void {
  const sum = sumOf(weights, on, target.length);
  const length = Math.sqrt(dot(sum, sum)) || 1e-6;
  const cosine = dot(sum, target) / length;
  const gradient = target.map((value, at) => -(value - (cosine * (sum[at] as number)) / length) / length);
  for (const row of on)
    for (let at = 0; at < target.length; at += 1) {
      const place = row * target.length + at;
      const slope = (gradient[at] as number) + 1e-5 * (weights[place] as number);
      squares[place] = (squares[place] as number) + slope * slope;
      weights[place] = (weights[place] as number) - (rate * slope) / Math.sqrt(squares[place] as number);
    }
}

function cosineOf(weights: Float32Array, on: readonly number[], target: Float64Array): number {
  const sum = sumOf(weights, on, target.length);
  return dot(sum, target) / (Math.sqrt(dot(sum, sum)) || 1);
}

function sumOf(weights: Float32Array, on: readonly number[], dimensions: number): Float64Array {
  const sum = new Float64Array(dimensions);
  for (const row of on)
    for (let at = 0; at < dimensions; at += 1)
      sum[at] = (sum[at] as number) + (weights[row * dimensions + at] as number);
  return sum;
}

/** One scale for all; the largest thousandth is cut. */
function quantise(weights: Float32Array): Int8Array {
  const sizes = weights.map(Math.abs).sort();
  const largest = sizes[Math.floor(sizes.length * 0.999)] || 1;
  return Int8Array.from(weights, (value) =>
    Math.max(-127, Math.min(127, Math.round((value / largest) * 127))),
  );
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] as number) * (right[at] as number);
  return sum;
}
