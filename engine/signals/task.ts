import { defineSignal } from './define-signal.ts';

export const taskSignals = [
  defineSignal({
    name: 'task.label',
    valueType: 'string',
    meaning: 'What is asked for, as the built-in classifier sees it.',
    examples: ['code', 'summarization', 'knowledge_qa', 'conversation'],
    measure: ({ task }) => task.task,
  }),
  defineSignal({
    name: 'task.confidence',
    valueType: 'double',
    unit: 'share, 0–1',
    meaning: 'How sure the classifier is of the label.',
    examples: ['0.55'],
    measure: ({ task }) => task.confidence,
  }),
  defineSignal({
    name: 'task.difficulty',
    valueType: 'double',
    unit: '0 easy – 1 hard',
    meaning: 'How hard the request looks: a heuristic, to be weighed with other signals.',
    examples: ['0.7'],
    measure: ({ task }) => task.difficulty,
  }),
] as const;

export const drawSignal = defineSignal({
  name: 'draw',
  valueType: 'double',
  unit: 'share, 0–1',
  meaning: 'A number drawn once a request, uniform in [0, 1): chance as a fact that can be replayed.',
  examples: ['0.1'],
  measure: ({ draw }) => draw,
});
