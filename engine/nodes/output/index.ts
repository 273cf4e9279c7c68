import { z } from 'zod';
import { noChanges } from '../changes.ts';
import { defineNode, type Port } from '../define-node.ts';
import { frame, PortTarget } from '../fields.ts';
import type { Finding } from '../finding.ts';

const OutputConfig = z.strictObject({ kind: z.literal('output'), ...frame, to: PortTarget });
type OutputConfig = z.output<typeof OutputConfig>;

/** What a request gets that comes to an output which leads nowhere. */
export const openOutput = { status: 422, code: 'output_open' } as const;

/**
 * A way out of a policy that is used inside others: there it leads on. Asked by itself, the policy refuses what comes here,
 * since it does not know a model for it.
 */
export const output = defineNode({
  kind: 'output',
  config: OutputConfig,
  ports: ({ to }): readonly Port[] => [{ id: 'to', label: 'leads on', to, optional: true }],
  withTarget: (config, port, to) => (port === 'to' ? { ...config, to } : config),
  check,
  compile: ({ to }, id) =>
    to === null
      ? {
          kind: 'refuse',
          ...openOutput,
          message: `This policy leaves requests like this one to the policy it is used in (output “${id}”).`,
        }
      : { kind: 'change', changes: noChanges, refusesImages: false },
  blank: (): OutputConfig => ({ kind: 'output', label: 'Output', to: null }),
  form: {
    title: 'Output',
    summary: 'A way out of a policy that others use as a sub-policy.',
    icon: 'output',
    accent: 'cyan',
    fields: [],
  },
});

function check({ to }: OutputConfig): readonly Finding[] {
  if (to !== null) return [];
  return [
    {
      code: 'output_open',
      severity: 'warning',
      port: 'to',
      message: `Leads nowhere: asked by itself, this policy refuses what comes here (${openOutput.status} ${openOutput.code}). Inside another policy it leads on.`,
    },
  ];
}
