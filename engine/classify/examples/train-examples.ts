import { exampleFeatures, sparseBuckets } from './example-features.ts';
import { embedRows, type StaticEmbedding } from './static-embedding.ts';

/** One example: a message, and the label it stands for. */
export interface Example {
  readonly text: string;
  readonly label: string;
}

/** A text as numbers: a dense vector, and the sparse features that are on, each of value `each`. */
export interface ExampleVector {
  readonly dense: Float64Array;
  readonly sparse: readonly number[];
  readonly each: number;
}

/** A softmax regression over {@link ExampleVector}s. */
export interface ExampleModel {
  readonly labels: readonly string[];
  /** Length of the dense part. */
  readonly dimensions: number;
  /** Where the weight of a sparse feature lies; −1 for one that no example has. */
  readonly places: Int32Array;
  /** By label: bias, dense weights, sparse weights. */
  readonly weights: readonly Float64Array[];
}

/** The sparse part counts for so much beside the dense one. */
const sparseLength = 0.6;
const rounds = 200;
const rate = 2;
const decay = 0.002;
const momentum = 0.9;

/** A text as the classifier sees it. */
export function vectorOf(text: string, embedding: StaticEmbedding): ExampleVector {
  const { rows, sparse } = exampleFeatures(text, embedding.rows);
  const each = sparse.length === 0 ? 0 : sparseLength / Math.sqrt(sparse.length);
  return { dense: embedRows(embedding, rows), sparse, each };
}

/**
 * Fits a softmax regression to a few examples a label: full-batch gradient descent with momentum and weight decay, from
 * zero, so that the same examples always give the same model. Every label counts the same, however many examples it has.
 */
export function trainExamples(
  vectors: readonly ExampleVector[],
  targets: readonly number[],
  labels: readonly string[],
  dimensions: number,
): ExampleModel {
  const { places, size } = placesOf(vectors, dimensions);
  const weights = labels.map(() => new Float64Array(size));
  const model: ExampleModel = { labels, dimensions, places, weights };
  const moves = labels.map(() => new Float64Array(size));
  const counts = labels.map((_, label) => targets.filter((target) => target === label).length);
  const shares = targets.map((target) => 1 / (labels.length * Math.max(1, counts[target] ?? 1)));
  for (let round = 0; round < rounds; round += 1) {
    for (const move of moves) for (let at = 0; at < size; at += 1) move[at] = (move[at] as number) * momentum;
    for (const [index, vector] of vectors.entries()) {
      const wrong = probabilities(model, vector);
      wrong[targets[index] as number] = (wrong[targets[index] as number] as number) - 1;
      for (const [label, move] of moves.entries())
        addTo(move, vector, model, -rate * (wrong[label] as number) * (shares[index] as number));
    }
    for (const [label, weight] of weights.entries()) takeStep(weight, moves[label] as Float64Array);
  }
  return model;
}

/** The probability of every label. */
export function probabilities(model: ExampleModel, { dense, sparse, each }: ExampleVector): number[] {
  const { dimensions, places } = model;
  const logits = model.weights.map((weight) => {
    let sum = weight[0] as number;
    for (let at = 0; at < dimensions; at += 1) sum += (weight[1 + at] as number) * (dense[at] as number);
    let words = 0;
    for (const bucket of sparse) {
      const place = places[bucket] as number;
      if (place >= 0) words += weight[place] as number;
    }
    return sum + each * words;
  });
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Only the features that examples have get a weight: of thousands, a few hundred. */
function placesOf(
  vectors: readonly ExampleVector[],
  dimensions: number,
): { readonly places: Int32Array; readonly size: number } {
  const places = new Int32Array(sparseBuckets).fill(-1);
  let size = 1 + dimensions;
  for (const { sparse } of vectors)
    for (const bucket of sparse) {
      if (places[bucket] !== -1) continue;
      places[bucket] = size;
      size += 1;
    }
  return { places, size };
}

function takeStep(weight: Float64Array, move: Float64Array): void {
  for (let at = 0; at < weight.length; at += 1)
    weight[at] = (weight[at] as number) * (1 - (at === 0 ? 0 : decay)) + (move[at] as number);
}

function addTo(
  move: Float64Array,
  { dense, sparse, each }: ExampleVector,
  { dimensions, places }: ExampleModel,
  step: number,
): void {
  move[0] = (move[0] as number) + step;
  for (let at = 0; at < dimensions; at += 1)
    move[1 + at] = (move[1 + at] as number) + step * (dense[at] as number);
  for (const bucket of sparse) {
    const place = places[bucket] as number;
    move[place] = (move[place] as number) + step * each;
  }
}
