import { z } from 'zod';
import { ParametersSetting, parametersOf, Target } from '../call-settings.ts';
import { noChanges } from '../changes.ts';
import { defineNode } from '../define-node.ts';
import { frame, Milliseconds } from '../fields.ts';

const ModelConfig = z.strictObject({
  kind: z.literal('model'),
  ...frame,
  target: Target,
  parameters: ParametersSetting.optional(),
  deadlines: z
    .strictObject({
      connect_ms: Milliseconds.optional(),
      first_token_ms: Milliseconds.optional(),
      idle_ms: Milliseconds.optional(),
      total_ms: Milliseconds.optional(),
    })
    .optional(),
});

type ModelConfig = z.output<typeof ModelConfig>;

/** Calls one model at one provider. */
export const model = defineNode({
  kind: 'model',
  config: ModelConfig,
  ports: () => [],
  withTarget: (config) => config,
  check: () => [],
  compile: ({ target, parameters, deadlines }) => ({
    kind: 'attempt',
    target,
    changes: Object.freeze({ ...noChanges, parameters: parametersOf(parameters) }),
    deadlines: {
      connectMs: deadlines?.connect_ms ?? null,
      firstTokenMs: deadlines?.first_token_ms ?? null,
      idleMs: deadlines?.idle_ms ?? null,
      totalMs: deadlines?.total_ms ?? null,
    },
  }),
  blank: (): ModelConfig => ({ kind: 'model', target: 'openai/gpt-5-mini' }),
  form: {
    title: 'Model',
    summary: 'Calls one model at one provider.',
    icon: 'model',
    accent: 'green',
    fields: [
      { name: 'target', label: 'Model', widget: 'model' },
      {
        name: 'parameters',
        label: 'Parameters',
        widget: 'parameters',
        help: 'The answer’s length is capped; temperature and effort replace what the client sent.',
      },
      { name: 'deadlines', label: 'Deadlines', widget: 'deadlines', unit: 'ms' },
    ],
  },
});
