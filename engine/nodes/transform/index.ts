import { z } from 'zod';
import { redactableKinds } from '../../privacy/index.ts';
import { ParametersSetting, parametersOf } from '../call-settings.ts';
import { type Changes, isUnchanged } from '../changes.ts';
import { defineNode, type Port } from '../define-node.ts';
import { frame, PortTarget } from '../fields.ts';
import type { Finding } from '../finding.ts';

const TransformConfig = z.strictObject({
  kind: z.literal('transform'),
  ...frame,
  parameters: ParametersSetting.optional(),
  system: z.string().min(1).max(20_000).optional(),
  images: z.enum(['keep', 'strip', 'refuse']).default('keep'),
  redact: z.array(z.enum(redactableKinds)).default([]),
  to: PortTarget,
});
type TransformConfig = z.output<typeof TransformConfig>;

/** Names for people. */
export const redactLabels: Readonly<Record<(typeof redactableKinds)[number], string>> = {
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  card: 'card numbers',
  iban: 'account numbers (IBAN)',
  ip: 'IP addresses',
  ssn: 'social security numbers',
  secret: 'keys and passwords',
};

/** Changes a request on its way to whatever is called below. */
export const transform = defineNode({
  kind: 'transform',
  config: TransformConfig,
  ports: (config): readonly Port[] => [{ id: 'to', label: 'changed', to: config.to }],
  withTarget: (config, port, to) => (port === 'to' ? { ...config, to } : config),
  check,
  compile: (config) => ({
    kind: 'change',
    changes: changesOf(config),
    refusesImages: config.images === 'refuse',
  }),
  blank: (): TransformConfig => ({
    kind: 'transform',
    label: 'Transform',
    parameters: { max_output_tokens: 2_000 },
    images: 'keep',
    redact: [],
    to: null,
  }),
  form: {
    title: 'Transform',
    summary: 'Changes the request: parameters, system prompt, images, private data.',
    icon: 'transform',
    accent: 'grape',
    fields: [
      {
        name: 'parameters',
        label: 'Parameters',
        widget: 'parameters',
        help: 'What a model node below says itself wins; of two caps the smaller counts.',
      },
      {
        name: 'system',
        label: 'Put before the system prompt',
        widget: 'textarea',
        placeholder: 'nothing',
      },
      {
        name: 'images',
        label: 'Images',
        widget: 'select',
        options: [
          { value: 'keep', label: 'stay' },
          { value: 'strip', label: 'are left out' },
          { value: 'refuse', label: 'refuse the request' },
        ],
      },
      {
        name: 'redact',
        label: 'Taken out before it leaves',
        widget: 'multiselect',
        options: redactableKinds.map((value) => ({ value, label: redactLabels[value] })),
        help: 'Found by their form; each is replaced by its kind in brackets.',
      },
    ],
  },
});

function changesOf({ parameters, system, images, redact }: TransformConfig): Changes {
  return Object.freeze({
    parameters: parametersOf(parameters),
    system: system ?? '',
    images: images === 'strip' ? 'strip' : 'keep',
    redact: Object.freeze([...redact].sort()),
  });
}

function check(config: TransformConfig): readonly Finding[] {
  if (config.images === 'refuse' || !isUnchanged(changesOf(config))) return [];
  return [
    {
      code: 'transform_idle',
      severity: 'warning',
      message: 'Nothing is changed here. Say what is to change, or remove the node.',
    },
  ];
}
