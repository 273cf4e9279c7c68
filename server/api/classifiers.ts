import { crossValidate, makeExampleClassifier, staticEmbedding } from '#engine/classify/examples/index.ts';
import type { UserClassifier } from '#engine/nodes/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';
import type { ClassifierAnswer } from '../classifiers/classifiers.ts';
import { mostCalledTexts } from '../contract/classifiers.ts';
import type { calls } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import type { OnBehalf } from '../gateway/ask-model.ts';
import { totalCost } from '../gateway/made-attempt.ts';
import type { Handler } from './handler.ts';
import type { Installation } from './installation.ts';

export const tryClassifier: Handler<typeof calls.tryClassifier> = async ({ body }, installation) => {
  const { classifier, texts } = body;
  const { classifiers } = installation;
  if (!classifiers.isLocal(classifier) && texts.length > mostCalledTexts)
    throw new ApiFailure(
      400,
      'too_many_texts',
      `A classifier that has to be called is tried on at most ${mostCalledTexts} texts at once, not ${texts.length}.`,
    );
  const answers: ClassifierAnswer[] = [];
  for (const text of texts) {
    const question = { text, signals: nothing, behalf: behalfOf(installation) };
    answers.push(
      classifiers.isLocal(classifier)
        ? classifiers.answerNow(classifier, question)
        : await classifiers.answer(classifier, question),
    );
  }
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

const nothing = signalsFrom({});

/** Nobody in particular: a try in the studio belongs to no request. */
function behalfOf({ priceBook, clock }: Installation): OnBehalf {
  const client = { stopped: false, onStop: () => undefined };
  return { requestId: 'studio', client, prices: { book: priceBook, at: Math.floor(clock()) } };
}

function isOffline(classifier: UserClassifier): classifier is Extract<UserClassifier, { kind: 'examples' }> {
  return classifier.kind === 'examples' && classifier.embeddings === undefined;
}

function nearestBy(classifier: UserClassifier) {
  if (!isOffline(classifier)) return () => [];
  const examples = makeExampleClassifier(classifier.labels, staticEmbedding());
  return (text: string) => examples.nearest(text, 3).map((one) => ({ ...one }));
}

function validate(classifier: UserClassifier) {
  if (!isOffline(classifier)) return null;
  const { accuracy, confusions } = crossValidate(classifier.labels, staticEmbedding());
  return { accuracy, confusions: confusions.map((one) => ({ ...one })) };
}
