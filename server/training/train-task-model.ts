import type { TaskModelFile } from '#engine/classify/task-model.ts';
import { fitTemperature } from './calibrate.ts';
import { collectSamples, type OwnPrompts, type SourcedSample } from './collect-samples.ts';
import { scoreKeptApart, scoreUnseen, trainShifted } from './leave-one-out.ts';
import { quantizeWeights } from './quantize-weights.ts';
import type { TrainingSettings } from './softmax-regression.ts';
import { condenseFigures, type TaskFigures } from './task-figures.ts';

const settings: TrainingSettings = { epochs: 4, rate: 1, decay: 0.1, hiddenTools: 0.2, seed: 20_261_122 };

/** Measures on what was not seen, with a model for every family left out. `temperature` is fitted on the same. */
export function measureUnseen(samples: readonly SourcedSample[]): TaskFigures {
  const unseen = scoreUnseen(samples, settings);
  const apart = scoreKeptApart(samples, settings);
  return condenseFigures(samples, unseen, apart, fitTemperature(unseen));
}

/** What training writes: the same folder and the same Node give the same bytes. */
export interface TrainedTask {
  readonly weights: TaskModelFile;
  readonly figures: TaskFigures;
}

/** Measures on unseen sources, then trains on all of the folder and of our own prompts (those beside this file, or `own`). */
export function trainTaskModel(folder: string, own?: OwnPrompts): TrainedTask {
  const samples = collectSamples(folder, own);
  const figures = measureUnseen(samples);
  return { weights: quantizeWeights(trainShifted(samples, settings), figures.temperature), figures };
}
