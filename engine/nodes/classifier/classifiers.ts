import { taskLabels } from '../../classify/task-labels.ts';
import type { SignalNameOf } from '../../signals/index.ts';

/** A classifier a node may name: its labels, and the signals its answer is measured into. */
export interface ClassifierDefinition {
  readonly title: string;
  readonly labels: readonly string[];
  readonly labelSignal: SignalNameOf<'string'>;
  readonly confidenceSignal: SignalNameOf<'double'>;
}

export const classifiers: ReadonlyMap<string, ClassifierDefinition> = new Map([
  [
    'task',
    {
      title: 'Task type (built in)',
      labels: taskLabels,
      labelSignal: 'task.label',
      confidenceSignal: 'task.confidence',
    },
  ],
]);
