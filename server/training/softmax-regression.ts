import { type FeatureGroup, featureRows } from '#engine/classify/task-features.ts';
import { taskLabels } from '#engine/classify/task-labels.ts';
import { seededRandom, shuffle } from './seeded-random.ts';

/** A training row: which rows of the weight table it touches with which value, its label, how often it is shown. */
export interface Sample {
  readonly rows: Int32Array;
  readonly values: Float64Array;
  readonly label: number;
  /** Times shown per epoch; a fraction is a chance. */
  readonly times: number;
}

export interface Weights {
  readonly table: Float64Array;
  readonly bias: Float64Array;
}

export interface TrainingSettings {
  readonly epochs: number;
  readonly rate: number;
  /** Share of every weight lost at the end of an epoch. */
  readonly decay: number;
  readonly seed: number;
}

const width = taskLabels.length;

/** Packs features for training. */
export function packFeatures(groups: readonly FeatureGroup[]): Pick<Sample, 'rows' | 'values'> {
  return {
    rows: Int32Array.from(groups.flatMap((group) => group.rows)),
    values: Float64Array.from(groups.flatMap((group) => group.rows.map(() => group.value))),
  };
}

/** Multinomial logistic regression by stochastic gradient descent; the same samples and seed give the same weights. */
export function trainSoftmax(samples: readonly Sample[], settings: TrainingSettings): Weights {
  const weights: Weights = { table: new Float64Array(featureRows * width), bias: new Float64Array(width) };
  const random = seededRandom(settings.seed);
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const order = drawOrder(samples, random);
    for (const [at, which] of order.entries()) {
      const progress = (epoch + at / order.length) / settings.epochs;
      const sample = samples[which];
      if (sample) descend(weights, sample, settings.rate * (1 - progress) + settings.rate * 0.02);
    }
    const kept = 1 - settings.decay;
    for (let at = 0; at < weights.table.length; at++) weights.table[at] = (weights.table[at] ?? 0) * kept;
  }
  return weights;
}

/** The logits of a sample, in the order of `taskLabels`. */
export function scoreSample(weights: Weights, sample: Pick<Sample, 'rows' | 'values'>): Float64Array {
  const logits = Float64Array.from(weights.bias);
  for (let at = 0; at < sample.rows.length; at++) {
    const start = (sample.rows[at] ?? 0) * width;
    const value = sample.values[at] ?? 0;
    for (let label = 0; label < width; label++) {
      logits[label] = (logits[label] ?? 0) + (weights.table[start + label] ?? 0) * value;
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

function descend(weights: Weights, sample: Sample, rate: number): void {
  const gradient = scoreSample(weights, sample);
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of gradient) highest = Math.max(highest, logit);
  let total = 0;
  for (let label = 0; label < width; label++)
    total += gradient[label] = Math.exp((gradient[label] ?? 0) - highest);
  for (let label = 0; label < width; label++) {
    gradient[label] = ((gradient[label] ?? 0) / total - (label === sample.label ? 1 : 0)) * rate;
    weights.bias[label] = (weights.bias[label] ?? 0) - (gradient[label] ?? 0) * 0.1;
  }
  for (let at = 0; at < sample.rows.length; at++) {
    const start = (sample.rows[at] ?? 0) * width;
    const value = sample.values[at] ?? 0;
    for (let label = 0; label < width; label++) {
      weights.table[start + label] = (weights.table[start + label] ?? 0) - (gradient[label] ?? 0) * value;
    }
  }
}
