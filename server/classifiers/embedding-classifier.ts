import { type ExampleModel, probabilities, trainExamples } from '#engine/classify/examples/index.ts';
import type { UserClassifier } from '#engine/nodes/index.ts';
import type { Context } from '../context.ts';
import { askEmbeddings as embed } from '../gateway/ask-embeddings.ts';
import type { MadeAttempt } from '../gateway/made-attempt.ts';
import type { ClassifierAnswer, ClassifierQuestion } from './classifiers.ts';

type Examples = Extract<UserClassifier, { kind: 'examples' }>;

/** A request waits so long for a vector, ms; the examples of a new version may take longer. */
const deadlineMs = 1_500;
const learningMs = 20_000;
/** Providers take so many texts at once, and more. */
const batch = 96;

const learnt = new WeakMap<UserClassifier, Promise<ExampleModel>>();

/**
 * A classifier by examples on a provider's embeddings. The examples are embedded when it is first asked, on that request's
 * bill; from then on a message costs one small call.
 *
 * @throws {Error} with what is wrong when there are no vectors.
 */
export async function askEmbeddings(
  classifier: Examples,
  { behalf, text }: ClassifierQuestion,
  context: Context,
): Promise<ClassifierAnswer> {
  const target = classifier.embeddings ?? '';
  const attempts: MadeAttempt[] = [];
  const ask = async (texts: readonly string[], patience: number) => {
    const reply = await embed({ target, texts, deadlineMs: patience }, behalf, context);
    attempts.push(reply.made);
    if (reply.kind === 'failed') throw new Error(reply.message);
    return reply.vectors;
  };
  let model = learnt.get(classifier);
  if (model === undefined) {
    model = learn(classifier, (texts) => ask(texts, learningMs));
    learnt.set(classifier, model);
    model.catch(() => learnt.delete(classifier));
  }
  const trained = await model;
  const [dense] = await ask([text], deadlineMs);
  if (dense === undefined || dense.length !== trained.dimensions)
    throw new Error(`${target} gave a vector of another length than for the examples.`);
  const chances = probabilities(trained, { dense, sparse: [], each: 0 });
  const best = chances.indexOf(Math.max(...chances));
  return { label: trained.labels[best] ?? '', confidence: chances[best] ?? 0, attempts };
}

async function learn(
  { labels: byLabel }: Examples,
  embedAll: (texts: readonly string[]) => Promise<readonly Float64Array[]>,
): Promise<ExampleModel> {
  const labels = Object.keys(byLabel).filter((label) => (byLabel[label] ?? []).length > 0);
  const examples = labels.flatMap((label, target) =>
    (byLabel[label] ?? []).map((text) => ({ text, target })),
  );
  const vectors: Float64Array[] = [];
  for (let from = 0; from < examples.length; from += batch)
    vectors.push(...(await embedAll(examples.slice(from, from + batch).map(({ text }) => text))));
  const dense = vectors.map((vector) => ({ dense: vector, sparse: [], each: 0 }));
  return trainExamples(
    dense,
    examples.map(({ target }) => target),
    labels,
    vectors[0]?.length ?? 0,
  );
}
