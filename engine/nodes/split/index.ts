import { z } from 'zod';
import { isSignalName, signalRegistry, slotOf, valueTypeOf } from '../../signals/index.ts';
import { defineNode, type Port } from '../define-node.ts';
import { frame, PortTarget, Slug } from '../fields.ts';
import { findRepeated } from '../find-repeated.ts';
import type { Finding } from '../finding.ts';

const Arm = z.strictObject({
  id: Slug,
  label: z.string().min(1).max(120).optional(),
  share: z.number().min(0).max(1),
  to: PortTarget,
});
const SplitConfig = z.strictObject({
  kind: z.literal('split'),
  ...frame,
  by: z.string().default('draw'),
  salt: z.string().max(64).optional(),
  arms: z.array(Arm),
});
type SplitConfig = z.output<typeof SplitConfig>;

/** Signals that can keep a caller on one arm: texts, and the draw itself. */
const stickySignals = signalRegistry
  .filter((signal) => signal.valueType === 'string')
  .map((signal) => signal.name);

/** Sends stated shares of traffic different ways; sticky when told by which signal. */
export const split = defineNode({
  kind: 'split',
  config: SplitConfig,
  ports: (config) => config.arms.map((arm): Port => ({ id: arm.id, label: armLabel(arm), to: arm.to })),
  withTarget: (config, port, to) => ({
    ...config,
    arms: config.arms.map((arm) => (arm.id === port ? { ...arm, to } : arm)),
  }),
  check,
  compile: (config, id) => ({
    kind: 'choose',
    chooser: {
      kind: 'shares',
      bySlot: isSignalName(config.by) && config.by !== 'draw' ? slotOf(config.by) : null,
      drawSlot: slotOf('draw'),
      salt: config.salt ?? id,
      bounds: boundsOf(config.arms),
    },
  }),
  blank: (): SplitConfig => ({
    kind: 'split',
    label: 'Split',
    by: 'session.id',
    arms: [
      { id: 'a', share: 0.9, to: null },
      { id: 'b', share: 0.1, to: null },
    ],
  }),
  form: {
    title: 'Split',
    summary: 'Sends stated shares of the traffic different ways.',
    icon: 'split',
    accent: 'teal',
    fields: [
      { name: 'arms', label: 'Arms', widget: 'arms' },
      {
        name: 'by',
        label: 'Stays together by',
        widget: 'select',
        options: ['draw', ...stickySignals].map((value) => ({
          value,
          label: value === 'draw' ? 'Nothing: every request draws' : value,
        })),
        help: 'Requests with the same value take the same arm. An empty value draws.',
      },
      {
        name: 'salt',
        label: 'Salt',
        widget: 'text',
        placeholder: 'the node’s id',
        help: 'Change it to shuffle who is on which arm.',
      },
    ],
  },
});

function armLabel(arm: SplitConfig['arms'][number]): string {
  const percent = `${Math.round(arm.share * 1_000) / 10} %`;
  return arm.label === undefined ? percent : `${arm.label} · ${percent}`;
}

/** Cumulative shares. The last is exactly 1, so that no point falls past the end. */
function boundsOf(arms: SplitConfig['arms']): readonly number[] {
  let sum = 0;
  return arms.map((arm, index) => {
    sum += arm.share;
    return index === arms.length - 1 ? 1 : sum;
  });
}

function check(config: SplitConfig): readonly Finding[] {
  const findings: Finding[] = [];
  const sum = config.arms.reduce((total, arm) => total + arm.share, 0);
  if (config.arms.length === 0) {
    findings.push({
      code: 'arms_few',
      severity: 'error',
      field: 'arms',
      message: 'A split needs at least one arm. Add one.',
    });
  } else if (Math.abs(sum - 1) > 1e-9) {
    const shown = Math.round(sum * 1e6) / 1e6;
    findings.push({
      code: 'shares_sum',
      severity: 'error',
      field: 'arms',
      message: `The shares add up to ${shown}, not 1.`,
    });
  }
  if (!isSignalName(config.by) || (config.by !== 'draw' && valueTypeOf(config.by) !== 'string')) {
    findings.push({
      code: 'signal_unknown',
      severity: 'error',
      field: 'by',
      message: `A split cannot stay together by "${config.by}". Choose draw or one of ${stickySignals.join(', ')}.`,
    });
  }
  for (const { value, index } of findRepeated(config.arms.map((arm) => arm.id))) {
    findings.push({
      code: 'duplicate_id',
      severity: 'error',
      port: value,
      field: `arms.${index}.id`,
      message: `Two arms are called "${value}". Give each an id of its own.`,
    });
  }
  return findings;
}
