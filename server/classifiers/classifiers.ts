import type { UserClassifier } from '#engine/nodes/index.ts';
import type { Label } from '#engine/plan/index.ts';
import type { Signals } from '#engine/signals/index.ts';
import type { OnBehalf } from '../gateway/ask-model.ts';
import type { MadeAttempt } from '../gateway/made-attempt.ts';

/** What a classifier is asked about. */
export interface ClassifierQuestion {
  /** The request on whose behalf it is asked: calls are billed to it, and end when its client leaves. */
  readonly behalf: OnBehalf;
  /** The user's last message; never stored. */
  readonly text: string;
  readonly signals: Signals;
}

/** Its answer, and the calls it took: they are billed to the request. */
export interface ClassifierAnswer extends Label {
  readonly attempts: readonly MadeAttempt[];
}

/** Asks a policy's own classifiers. Never throws: one that cannot be asked in time has nothing to say. */
export interface Classifiers {
  /** Whether it answers without a call. */
  isLocal(classifier: UserClassifier): boolean;
  /** At once, for a local one. */
  answerNow(classifier: UserClassifier, question: Omit<ClassifierQuestion, 'behalf'>): ClassifierAnswer;
  answer(classifier: UserClassifier, question: ClassifierQuestion): Promise<ClassifierAnswer>;
}
