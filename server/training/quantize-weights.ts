import { featureRows } from '#engine/classify/task-features.ts';
import { taskLabels } from '#engine/classify/task-labels.ts';
import type { TaskModelFile } from '#engine/classify/task-model.ts';
import type { Weights } from './softmax-regression.ts';

/** Rounds the weights to signed bytes with one scale, and packs them as the file the engine reads. */
export function quantizeWeights(weights: Weights, temperature: number): TaskModelFile {
  const highest = weights.table.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = Math.fround(highest / 127);
  const bytes = Int8Array.from(weights.table, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return {
    format: 2,
    labels: taskLabels,
    rows: featureRows,
    scale,
    bias: [...weights.bias].map((value) => Math.round(value * 1e4) / 1e4),
    temperature,
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}
