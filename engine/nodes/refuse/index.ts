import { z } from 'zod';
import { defineNode } from '../define-node.ts';
import { frame, Slug } from '../fields.ts';

const statuses = [400, 402, 403, 404, 413, 422, 429, 451, 503] as const;

const RefuseConfig = z.strictObject({
  kind: z.literal('refuse'),
  ...frame,
  status: z.literal(statuses).default(403),
  code: Slug.default('refused_by_policy'),
  message: z.string().min(1).max(500),
});

type RefuseConfig = z.output<typeof RefuseConfig>;

/** Answers the client with a clear no, at no cost. */
export const refuse = defineNode({
  kind: 'refuse',
  config: RefuseConfig,
  ports: () => [],
  withTarget: (config) => config,
  check: () => [],
  compile: ({ status, code, message }) => ({ kind: 'refuse', status, code, message }),
  blank: (): RefuseConfig => ({
    kind: 'refuse',
    label: 'Refuse',
    status: 403,
    code: 'refused_by_policy',
    message: 'This request is not allowed here.',
  }),
  form: {
    title: 'Refuse',
    summary: 'Answers with a clear no and its reason.',
    icon: 'refuse',
    accent: 'red',
    fields: [
      { name: 'message', label: 'What the client reads', widget: 'textarea' },
      {
        name: 'status',
        label: 'HTTP status',
        widget: 'select',
        options: statuses.map((status) => ({ value: String(status), label: String(status) })),
      },
      { name: 'code', label: 'Code', widget: 'text', help: 'What a program reads: a slug.' },
    ],
  },
});
