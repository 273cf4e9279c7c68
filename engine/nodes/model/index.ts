import { z } from 'zod';
import { defineNode } from '../define-node.ts';
import { frame, Milliseconds } from '../fields.ts';

/** `provider/model`, as the catalogue and the configured providers name it. */
export const targetPattern = /^[a-z0-9][a-z0-9_-]*\/[A-Za-z0-9][A-Za-z0-9._:@/-]*$/;

const ModelConfig = z.strictObject({
  kind: z.literal('model'),
  ...frame,
  target: z.string().regex(targetPattern, 'must be provider/model, such as openai/gpt-5-mini'),
  parameters: z
    .strictObject({
      max_output_tokens: z.number().int().min(1).max(10_000_000).optional(),
      temperature: z.number().min(0).max(2).optional(),
      reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high']).optional(),
    })
    .optional(),
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
    parameters: parameters ?? {},
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
