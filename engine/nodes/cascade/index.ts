import { z } from 'zod';
import type { Accept } from '../accept.ts';
import { Target } from '../call-settings.ts';
import { defineNode, type Port } from '../define-node.ts';
import { defaultErrorClasses } from '../error-class.ts';
import { frame, Milliseconds, PortTarget } from '../fields.ts';
import type { Finding } from '../finding.ts';

const AcceptSetting = z.strictObject({
  schema: z.boolean().optional(),
  no_refusal: z.boolean().optional(),
  min_characters: z.number().int().min(1).max(1_000_000).optional(),
  judge: z
    .strictObject({
      target: Target,
      question: z.string().min(1).max(4_000),
      at_least: z.number().min(0).max(1).default(0.5),
    })
    .optional(),
  min_logprob: z.number().max(0).optional(),
});

const CascadeConfig = z.strictObject({
  kind: z.literal('cascade'),
  ...frame,
  first: PortTarget,
  then: PortTarget,
  accept: AcceptSetting,
  deadline_ms: Milliseconds.optional(),
});
type CascadeConfig = z.output<typeof CascadeConfig>;

/** Takes the first answer if it will do, and asks further if it will not. */
export const cascade = defineNode({
  kind: 'cascade',
  config: CascadeConfig,
  ports: (config): readonly Port[] => [
    { id: 'first', label: 'asks first', to: config.first },
    { id: 'then', label: 'if not accepted', to: config.then },
  ],
  withTarget: (config, port, to) =>
    port === 'first' || port === 'then' ? { ...config, [port]: to } : config,
  check,
  compile: (config) => ({
    kind: 'sequence',
    // An answer that never came is not accepted either.
    on: ['rejected', ...defaultErrorClasses],
    deadlineMs: config.deadline_ms ?? null,
    accept: acceptOf(config),
    retryBudget: null,
  }),
  blank: (): CascadeConfig => ({
    kind: 'cascade',
    label: 'Cascade',
    first: null,
    then: null,
    accept: { no_refusal: true, min_characters: 20 },
  }),
  form: {
    title: 'Cascade',
    summary: 'Asks a cheap model first and another one if the answer will not do.',
    icon: 'cascade',
    accent: 'indigo',
    fields: [
      {
        name: 'accept',
        label: 'An answer is accepted if',
        widget: 'accept',
        help: 'All that is asked for must hold. A stream is held back until it is accepted.',
      },
      {
        name: 'deadline_ms',
        label: 'Deadline for all tries',
        widget: 'number',
        unit: 'ms',
        min: 1,
        placeholder: 'the gateway’s',
      },
    ],
  },
});

function acceptOf({ accept }: CascadeConfig): Accept {
  const { judge } = accept;
  return Object.freeze({
    schema: accept.schema === true,
    noRefusal: accept.no_refusal === true,
    minCharacters: accept.min_characters ?? 0,
    minLogprob: accept.min_logprob ?? null,
    judges: Object.freeze(
      judge === undefined
        ? []
        : [Object.freeze({ target: judge.target, question: judge.question, atLeast: judge.at_least })],
    ),
  });
}

function check(config: CascadeConfig): readonly Finding[] {
  const { schema, noRefusal, minCharacters, minLogprob, judges } = acceptOf(config);
  if (schema || noRefusal || minCharacters > 0 || minLogprob !== null || judges.length > 0) return [];
  return [
    {
      code: 'accept_empty',
      severity: 'error',
      field: 'accept',
      message: 'Every answer is accepted, so nothing ever goes further. Say what an answer must be like.',
    },
  ];
}
