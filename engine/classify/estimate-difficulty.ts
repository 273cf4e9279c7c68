import { difficultyFeatures } from './difficulty-features.ts';
import weightsFile from './difficulty-weights.generated.json' with { type: 'json' };
import type { TaskInput } from './task-labels.ts';

/** The difficulty weights as the training script writes them: one of everything for each of `features`. */
export interface DifficultyFile {
  readonly format: number;
  readonly features: readonly string[];
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

/** By judgement, not fitted: log-odds at most added for tools, images and earlier messages. */
const structure = { tools: 0.3, images: 0.3, messages: 0.3 } as const;
/** Features are held to this many deviations from the mean: far outside what was measured nothing more is known. */
const farthest = 3;

/**
 * How likely a small model is to fail, 0–1: a logistic regression over what `measureDifficulty` counted, fitted to
 * outcomes of four models of 7 to 9 billion parameters, plus a little for structure. A weak signal: never let it route alone.
 */
export function estimateDifficulty(measured: Float64Array, input: TaskInput): number {
  const logOdds = scoreDifficulty(weightsFile, measured);
  const extra =
    saturate(input.tools, 10) * structure.tools +
    saturate(input.images, 4) * structure.images +
    saturate((input.messages ?? 1) - 1, 20) * structure.messages;
  return 1 / (1 + Math.exp(-(logOdds + extra)));
}

/** Log-odds that a small model fails. Throws where the weights are for other features than this code measures. */
export function scoreDifficulty(file: DifficultyFile, measured: Float64Array): number {
  if (file.weights.length !== difficultyFeatures.length) {
    throw new Error(
      `The difficulty weights are for ${file.weights.length} features; ${difficultyFeatures.length} would be right. Train them again.`,
    );
  }
  let sum = file.bias;
  for (let at = 0; at < measured.length; at++) {
    const away = ((measured[at] ?? 0) - (file.means[at] ?? 0)) / (file.deviations[at] ?? 1);
    sum += (file.weights[at] ?? 0) * Math.min(farthest, Math.max(-farthest, away));
  }
  return sum;
}

function saturate(value: number | undefined, full: number): number {
  return value === undefined || !(value > 0) ? 0 : Math.min(1, value / full);
}
