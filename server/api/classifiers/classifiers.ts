import type { z } from 'zod';
import { crossValidate, makeExampleClassifier, staticEmbedding } from '#engine/classify/examples/index.ts';
import { classifyTask } from '#engine/classify/index.ts';
import type { UserClassifier } from '#engine/nodes/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';
import type { ClassifierAnswer } from '../../classifiers/classifiers.ts';
import { mostCalledTexts, type TriedClassifier } from '../../contract/classifiers.ts';
import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { OnBehalf } from '../../gateway/ask-model.ts';
import { totalCost } from '../../gateway/made-attempt.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';

type Tried = z.output<typeof TriedClassifier>;

export const tryClassifier: Handler<typeof calls.tryClassifier> = async ({ body }, installation) => {
  const { classifier, texts } = body;
  const isCalled = classifier.kind !== 'task' && !installation.classifiers.isLocal(classifier);
  if (isCalled && texts.length > mostCalledTexts)
    throw new ApiFailure(
      400,
      'too_many_texts',
      `A classifier that has to be called is tried on at most ${mostCalledTexts} texts at once, not ${texts.length}.`,
    );
  const answers = await answerAll(classifier, texts, installation);
  const near = nearestBy(classifier);
  return {
    answers: answers.map(({ label, confidence }, index) => ({
      label,
      confidence,
      nearest: near(texts[index] ?? ''),
    })),
    validation: validate(classifier),
    costNanoUsd: totalCost(answers.flatMap(({ attempts }) => attempts)),
  };
};

/** So many calls are under way at a time. */
const atOnce = 8;

async function answerAll(
  classifier: Tried,
  texts: readonly string[],
  installation: Installation,
): Promise<readonly ClassifierAnswer[]> {
  if (classifier.kind === 'task') return texts.map(taskAnswer);
  const { classifiers } = installation;
  const behalf = behalfOf(installation);
  if (classifiers.isLocal(classifier))
    return texts.map((text) => classifiers.answerNow(classifier, { text, signals: nothing }));
  const ask = (text: string) => classifiers.answer(classifier, { text, signals: nothing, behalf });
  // The first goes ahead alone: it brings what all need, such as the vectors of the examples.
  const answers = await Promise.all(texts.slice(0, 1).map(ask));
  for (let from = 1; from < texts.length; from += atOnce)
    answers.push(...(await Promise.all(texts.slice(from, from + atOnce).map(ask))));
  return answers;
}

function taskAnswer(text: string): ClassifierAnswer {
  const { task, confidence } = classifyTask({ text });
  return { label: task, confidence, attempts: [] };
}

const nothing = signalsFrom({});

/** Nobody in particular: a try in the studio belongs to no request. */
function behalfOf({ priceBook, clock }: Installation): OnBehalf {
  const client = { stopped: false, onStop: () => undefined };
  return { requestId: 'studio', client, prices: { book: priceBook, at: Math.floor(clock()) } };
}

function isOffline(classifier: Tried): classifier is Extract<UserClassifier, { kind: 'examples' }> {
  return classifier.kind === 'examples' && classifier.embeddings === undefined;
}

function nearestBy(classifier: Tried) {
  if (!isOffline(classifier)) return () => [];
  const examples = makeExampleClassifier(classifier.labels, staticEmbedding());
  return (text: string) => examples.nearest(text, 3).map((one) => ({ ...one }));
}

function validate(classifier: Tried) {
  if (!isOffline(classifier)) return null;
  const { accuracy, confusions } = crossValidate(classifier.labels, staticEmbedding());
  return { accuracy, confusions: confusions.map((one) => ({ ...one })) };
}
