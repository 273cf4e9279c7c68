import { cosine, type StaticEmbedding } from './static-embedding.ts';
import {
  type Example,
  type ExampleModel,
  type ExampleVector,
  probabilities,
  trainExamples,
  vectorOf,
} from './train-examples.ts';

/** A trained classifier of a user's own classes. */
export interface ExampleClassifier {
  readonly labels: readonly string[];
  /** The label of a message, and how sure it is. Pure; about 0.1 ms. */
  classify(text: string): ExampleAnswer;
  /** The examples nearest to a message, for people: the nearest first. */
  nearest(text: string, most: number): readonly NearExample[];
}

export interface ExampleAnswer {
  /** Empty when there is nothing to tell by: no labels, or no words. */
  readonly label: string;
  /** 0–1; low too where a message is like none of the examples. */
  readonly confidence: number;
}

export interface NearExample extends Example {
  /** Cosine of the two messages' embeddings, −1 … 1. */
  readonly similarity: number;
}

/** Similarity to the nearest example of the label below which a message is like none of them, and from which it is. */
const unlike = 0.3;
const like = 0.6;

/** Trains on examples by label. Deterministic: the same examples give the same answers everywhere. */
export function makeExampleClassifier(
  byLabel: Readonly<Record<string, readonly string[]>>,
  embedding: StaticEmbedding,
): ExampleClassifier {
  const labels = Object.keys(byLabel).filter((label) => (byLabel[label] ?? []).length > 0);
  const examples = labels.flatMap((label) => (byLabel[label] ?? []).map((text) => ({ text, label })));
  const vectors = examples.map(({ text }) => vectorOf(text, embedding));
  const targets = examples.map(({ label }) => labels.indexOf(label));
  const model = trainExamples(vectors, targets, labels, embedding.dimensions);
  return {
    labels,
    classify: (text) => answerOf(model, vectors, targets, vectorOf(text, embedding)),
    nearest: (text, most) => {
      const { dense } = vectorOf(text, embedding);
      return examples
        .map((example, index) => ({ ...example, similarity: similarityTo(vectors[index], dense) }))
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, most);
    },
  };
}

function answerOf(
  model: ExampleModel,
  vectors: readonly ExampleVector[],
  targets: readonly number[],
  asked: ExampleVector,
): ExampleAnswer {
  if (model.labels.length === 0 || asked.sparse.length === 0) return { label: '', confidence: 0 };
  const chances = probabilities(model, asked);
  const best = chances.indexOf(Math.max(...chances));
  let similarity = -1;
  for (const [index, vector] of vectors.entries())
    if (targets[index] === best) similarity = Math.max(similarity, similarityTo(vector, asked.dense));
  const familiar = Math.min(1, Math.max(0, (similarity - unlike) / (like - unlike)));
  return { label: model.labels[best] ?? '', confidence: (chances[best] ?? 0) * familiar };
}

function similarityTo(vector: ExampleVector | undefined, dense: Float64Array): number {
  return vector === undefined ? -1 : cosine(vector.dense, dense);
}
