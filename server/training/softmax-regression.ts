import { featureRows } from '#engine/classify/task-features.ts';
import { taskLabels } from '#engine/classify/task-labels.ts';
import type { VisitRows } from '#engine/classify/text-features.ts';
import { seededRandom } from '../providers/sandbox/seeded-random.ts';
import { shuffle } from './shuffle.ts';

/** Which rows of the weight table a prompt touches, with which value. */
export interface Features {
  readonly rows: Int32Array;
  readonly values: Float32Array;
}

/** A training row: its features with and without its tools, its label, how often it is shown. */
export interface Sample extends Features {
  readonly withoutTools: Features;
  readonly label: number;
  /** Times shown per epoch; a fraction is a chance. */
  readonly times: number;
}

export interface Weights {
  readonly table: Float32Array;
  readonly bias: Float64Array;
}

export interface TrainingSettings {
  readonly epochs: number;
  readonly rate: number;
  /** Share of every weight lost at the end of an epoch. */
  readonly decay: number;
  /** Share of showings at which a prompt's tools are hidden, so that its text is learned from too. */
  readonly hiddenTools: number;
  readonly seed: number;
}

const width = taskLabels.length;

/** Packs what is visited for training. */
export function packFeatures(visitAll: (visit: VisitRows) => void): Features {
  const rows: number[] = [];
  const values: number[] = [];
  visitAll((visited, count, value) => {
    for (let at = 0; at < count; at++) {
      rows.push(visited[at] ?? 0);
      values.push(value);
    }
  });
  return { rows: Int32Array.from(rows), values: Float32Array.from(values) };
}

/** Multinomial logistic regression by stochastic gradient descent; the same samples and seed give the same weights. */
export function trainSoftmax(samples: readonly Sample[], settings: TrainingSettings): Weights {
  const weights: Weights = { table: new Float32Array(featureRows * width), bias: new Float64Array(width) };
  const random = seededRandom(settings.seed);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const order = drawOrder(samples, random);
    for (let at = 0; at < order.length; at++) {
      const progress = (epoch + at / order.length) / settings.epochs;
      const sample = samples[order[at] ?? 0];
      if (sample === undefined) continue;
      const isHidden = sample.withoutTools.rows !== sample.rows && random() < settings.hiddenTools;
      const features = isHidden ? sample.withoutTools : sample;
      descend(weights, features, sample.label, settings.rate * (1 - progress) + settings.rate * 0.02);
    }
    const kept = 1 - settings.decay;
    for (let at = 0; at < weights.table.length; at++) weights.table[at] = (weights.table[at] ?? 0) * kept;
  }
  return weights;
}

/** The logits of a sample, in the order of `taskLabels`. */
export function scoreSample({ table, bias }: Weights, { rows, values }: Features): Float64Array {
  const logits = Float64Array.from(bias);
  for (let at = 0; at < rows.length; at++) {
    const start = (rows[at] ?? 0) * width;
    const value = values[at] ?? 0;
    for (let label = 0; label < width; label++) {
      logits[label] = (logits[label] ?? 0) + (table[start + label] ?? 0) * value;
    }
  }
  return logits;
}

function drawOrder(samples: readonly Sample[], random: () => number): Int32Array {
  const order: number[] = [];
  for (const [at, sample] of samples.entries()) {
    const times = Math.floor(sample.times) + (random() < sample.times % 1 ? 1 : 0);
    for (let time = 0; time < times; time++) order.push(at);
  }
  const shuffled = Int32Array.from(order);
  shuffle(shuffled, random);
  return shuffled;
}

function descend(weights: Weights, features: Features, right: number, rate: number): void {
  const gradient = scoreSample(weights, features);
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of gradient) highest = Math.max(highest, logit);
  let total = 0;
  for (let label = 0; label < width; label++)
    total += gradient[label] = Math.exp((gradient[label] ?? 0) - highest);
  for (let label = 0; label < width; label++) {
    gradient[label] = ((gradient[label] ?? 0) / total - (label === right ? 1 : 0)) * rate;
    weights.bias[label] = (weights.bias[label] ?? 0) - (gradient[label] ?? 0) * 0.1;
  }
  const { rows, values } = features;
  const { table } = weights;
  for (let at = 0; at < rows.length; at++) {
    const start = (rows[at] ?? 0) * width;
    const value = values[at] ?? 0;
    for (let label = 0; label < width; label++) {
      table[start + label] = (table[start + label] ?? 0) - (gradient[label] ?? 0) * value;
    }
  }
}
