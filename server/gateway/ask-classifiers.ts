import { type Decision, decide, type Plan, type PlanClassifier } from '#engine/plan/index.ts';
import { readSignal, type Signals, withSignals } from '#engine/signals/index.ts';
import type { ClassifierAnswer, Classifiers } from '../classifiers/classifiers.ts';
import type { OnBehalf } from './ask-model.ts';
import type { MadeAttempt } from './made-attempt.ts';

/** A decision, what it was made on, and the calls its classifiers took. */
export interface Classified {
  readonly decision: Decision;
  readonly signals: Signals;
  readonly attempts: readonly MadeAttempt[];
}

/** What classifiers are asked about. */
interface Question {
  readonly behalf: OnBehalf;
  readonly text: string;
}

/**
 * Decides with a policy's own classifiers. Those that need no call are asked for every request, so that its record can be
 * replayed under other policies; those that need one only where the decision hinges on them.
 */
export async function decideClassified(
  plan: Plan,
  measured: Signals,
  question: Question,
  classifiers: Classifiers,
): Promise<Classified> {
  const waiting = new Map(plan.classifiers.map((one) => [one.id, one]));
  const attempts: MadeAttempt[] = [];
  let signals = measured;
  for (const { id, classifier } of plan.classifiers) {
    if (!classifiers.isLocal(classifier)) continue;
    waiting.delete(id);
    signals = withAnswer(signals, id, classifiers.answerNow(classifier, { ...question, signals }));
  }
  for (;;) {
    const decision = decide(plan, signals);
    const next = hingesOn(plan, decision, waiting);
    if (next === undefined) return { decision, signals, attempts };
    waiting.delete(next.id);
    const answer = await classifiers.answer(next.classifier, { ...question, signals });
    attempts.push(...answer.attempts);
    signals = withAnswer(signals, next.id, answer);
  }
}

/** A classifier that was not asked yet and that the path hinges on: a step was taken undetermined for want of it. */
function hingesOn(
  plan: Plan,
  { path }: Decision,
  waiting: ReadonlyMap<string, PlanClassifier>,
): PlanClassifier | undefined {
  if (waiting.size === 0) return undefined;
  for (const step of path) {
    if (!step.undetermined) continue;
    const node = plan.nodes.find(({ id }) => id === step.node);
    if (node?.kind !== 'choose') continue;
    const { chooser } = node;
    if (chooser.kind === 'table' && chooser.key !== null && waiting.has(chooser.key))
      return waiting.get(chooser.key);
    // A condition may read any of them; each is asked in turn until it is determined.
    if (chooser.kind === 'cases') return waiting.values().next().value;
  }
  return undefined;
}

function withAnswer(signals: Signals, id: string, { label, confidence }: ClassifierAnswer): Signals {
  return withSignals(signals, {
    'classifiers.label': { ...readSignal(signals, 'classifiers.label'), [id]: label },
    'classifiers.confidence': { ...readSignal(signals, 'classifiers.confidence'), [id]: confidence },
  });
}
