import {
  type ExampleClassifier,
  makeExampleClassifier,
  staticEmbedding,
} from '#engine/classify/examples/index.ts';
import type { UserClassifier } from '#engine/nodes/index.ts';
import { compileRules, type Label, noLabel } from '#engine/plan/index.ts';
import type { Signals } from '#engine/signals/index.ts';

type Local = (text: string, signals: Signals) => Label;

/** Classifiers that need no call, made once each: a version's document is one object for as long as it is served. */
const made = new WeakMap<UserClassifier, Local>();

/** Whether a classifier answers without a call. */
export function isLocal(classifier: UserClassifier): boolean {
  return (
    classifier.kind === 'rules' || (classifier.kind === 'examples' && classifier.embeddings === undefined)
  );
}

/** The answer of a local classifier; nothing for one that is not. */
export function answerLocally(classifier: UserClassifier, text: string, signals: Signals): Label {
  let local = made.get(classifier);
  if (local === undefined) {
    local = makeLocal(classifier);
    made.set(classifier, local);
  }
  return local(text, signals);
}

function makeLocal(classifier: UserClassifier): Local {
  if (classifier.kind === 'rules') return compileRules(classifier);
  if (classifier.kind !== 'examples') return () => noLabel;
  const examples: ExampleClassifier = makeExampleClassifier(classifier.labels, staticEmbedding());
  return (text) => examples.classify(text);
}
