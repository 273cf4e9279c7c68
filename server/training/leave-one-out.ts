import { taskLabels } from '#engine/classify/task-labels.ts';
import type { SourcedSample } from './collect-samples.ts';
import {
  type Sample,
  scoreSample,
  type TrainingSettings,
  trainSoftmax,
  type Weights,
} from './softmax-regression.ts';

/** What a model that never saw the sample's family says of it. */
export interface HeldOut {
  readonly sample: SourcedSample;
  /** Logits with the prior shift, before temperature. */
  readonly logits: readonly number[];
  readonly logitsWithoutTools: readonly number[];
}

/**
 * Log-odds added to the labels: the training sources hold far more small talk and tool requests, and fewer
 * questions of knowledge, than users send.
 */
const priorShift: Readonly<Record<string, number>> = {
  agent_tools: -1.2,
  conversation: -0.4,
  knowledge_qa: 0.5,
};

/** Trains once per family without it, and scores it. A random split would test memory of a source's style. */
export function scoreUnseen(
  samples: readonly SourcedSample[],
  settings: TrainingSettings,
): readonly HeldOut[] {
  const trained = samples.filter(({ part }) => part !== 'check');
  const names = [...new Set(trained.map((sample) => sample.family))];
  return names.flatMap((family) => {
    const weights = trainShifted(
      trained.filter((sample) => sample.family !== family),
      settings,
    );
    return trained.filter((sample) => sample.family === family).map((sample) => scoreBoth(weights, sample));
  });
}

/** Scores hand-labelled prompts, prompts of real users and our check prompts by one model that saw none of them. */
export function scoreKeptApart(
  samples: readonly SourcedSample[],
  settings: TrainingSettings,
): readonly HeldOut[] {
  const isApart = ({ part }: SourcedSample): boolean =>
    part === 'hand' || part === 'real' || part === 'check';
  const weights = trainShifted(
    samples.filter((sample) => !isApart(sample)),
    settings,
  );
  return samples.filter(isApart).map((sample) => scoreBoth(weights, sample));
}

/** Trains on everything but the check prompts, then moves the bias by the prior shift. */
export function trainShifted(samples: readonly SourcedSample[], settings: TrainingSettings): Weights {
  const trained: readonly Sample[] = samples.filter(({ part }) => part !== 'check');
  const weights = trainSoftmax(trained, settings);
  for (const [at, label] of taskLabels.entries()) {
    weights.bias[at] = (weights.bias[at] ?? 0) + (priorShift[label] ?? 0);
  }
  return weights;
}

function scoreBoth(weights: Weights, sample: SourcedSample): HeldOut {
  return {
    sample,
    logits: [...scoreSample(weights, sample)],
    logitsWithoutTools: [...scoreSample(weights, sample.withoutTools)],
  };
}
