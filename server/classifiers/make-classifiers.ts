import type { UserClassifier } from '#engine/nodes/index.ts';
import { noLabel } from '#engine/plan/index.ts';
import type { Context } from '../context.ts';
import type { OnBehalf } from '../gateway/ask-model.ts';
import { AnswerCache } from './answer-cache.ts';
import type { ClassifierAnswer, ClassifierQuestion, Classifiers } from './classifiers.ts';
import { askEmbeddings } from './embedding-classifier.ts';
import { askHttp } from './http-classifier.ts';
import { askJudge } from './judge-classifier.ts';
import { answerLocally, isLocal } from './local-classifiers.ts';

/** Of a message so much is looked at; the rest of a pasted document says no more about what is asked. */
export const mostCharacters = 8_000;

const nothing: ClassifierAnswer = Object.freeze({ ...noLabel, attempts: [] });

/** The classifiers of all policies, with one cache of answers. Texts are kept as hashes only. */
export function makeClassifiers(context: () => Context): Classifiers {
  const cache = new AnswerCache(() => context().clock());
  return {
    isLocal,
    answerNow: (classifier, { text, signals }) => ({
      ...answerLocally(classifier, cut(text), signals),
      attempts: nothing.attempts,
    }),
    answer: async (classifier, question) => {
      const { fingerprint, logger } = context();
      const asked = { ...question, text: cut(question.text) };
      const key = fingerprint(`${JSON.stringify(classifier)}\n${asked.text}`);
      return cache.ask(key, async () => {
        try {
          return await askRemote(classifier, asked, context());
        } catch (cause) {
          const why = cause instanceof Error ? cause.message : String(cause);
          logger.warn(
            { request: question.behalf.requestId, kind: classifier.kind, why },
            'a classifier did not answer',
          );
          return nothing;
        }
      });
    },
  };
}

async function askRemote(
  classifier: UserClassifier,
  question: ClassifierQuestion,
  context: Context,
): Promise<ClassifierAnswer> {
  switch (classifier.kind) {
    case 'http':
      if (isHeld(question.behalf)) throw new Error(notSent);
      return {
        ...(await askHttp(classifier, question.text, context.config.allowPrivateUpstreams === true)),
        attempts: nothing.attempts,
      };
    case 'judge':
      return askJudge(classifier, question, context);
    case 'examples':
      return askEmbeddings(classifier, question, context);
    case 'rules':
      return nothing;
  }
}

const notSent =
  'Its key may only reach places that keep nothing, or are in its regions; of an endpoint neither is known.';

/** Whether a request may only go to places of which something is known that nobody states of an endpoint. */
function isHeld({ pass }: OnBehalf): boolean {
  return pass !== undefined && (pass.grant.zeroRetention || pass.grant.regions !== null);
}

function cut(text: string): string {
  return text.slice(0, mostCharacters);
}
