import { z } from 'zod';
import { isSignalName, signalRegistry, slotOf, valueTypeOf } from '../../signals/index.ts';
import { defineNode, type Port } from '../define-node.ts';
import { frame, PortTarget } from '../fields.ts';
import type { Finding } from '../finding.ts';
import { limitWindows } from './limit-window.ts';

export const limitUnits = ['requests', 'tokens', 'usd'] as const;
export type LimitUnit = (typeof limitUnits)[number];

const LimitConfig = z.strictObject({
  kind: z.literal('limit'),
  ...frame,
  per: z.union([z.string(), z.null()]).default(null),
  amount: z.number().positive().max(1e15),
  unit: z.enum(limitUnits).default('requests'),
  window: z.enum(limitWindows).default('minute'),
  within: PortTarget,
  over: PortTarget,
});
type LimitConfig = z.output<typeof LimitConfig>;

/** Signals of which each value may have a limit of its own. */
const keySignals = signalRegistry
  .filter((signal) => signal.valueType === 'string')
  .map((signal) => signal.name);

/** Lets so much through a window of time, and sends the rest another way. */
export const limit = defineNode({
  kind: 'limit',
  config: LimitConfig,
  ports: (config): readonly Port[] => [
    { id: 'within', label: `within ${amountText(config)}`, to: config.within },
    { id: 'over', label: 'over', to: config.over },
  ],
  withTarget: (config, port, to) =>
    port === 'within' || port === 'over' ? { ...config, [port]: to } : config,
  check,
  compile: ({ amount }, id) => ({
    kind: 'choose',
    chooser: { kind: 'limit', usedSlot: slotOf('limits.used'), key: id, amount },
  }),
  blank: (): LimitConfig => ({
    kind: 'limit',
    label: 'Limit',
    per: 'caller.team',
    amount: 100,
    unit: 'requests',
    window: 'minute',
    within: null,
    over: null,
  }),
  form: {
    title: 'Limit',
    summary: 'Lets so much through in a window of time; the rest goes another way.',
    icon: 'limit',
    accent: 'pink',
    fields: [
      { name: 'amount', label: 'At most', widget: 'number', min: 0 },
      {
        name: 'unit',
        label: 'Of',
        widget: 'select',
        options: [
          { value: 'requests', label: 'requests' },
          { value: 'tokens', label: 'tokens, input and output' },
          { value: 'usd', label: 'US dollars' },
        ],
      },
      {
        name: 'window',
        label: 'In each',
        widget: 'window',
        options: limitWindows.map((value) => ({ value, label: value })),
        help: 'Windows are fixed and begin with the minute, hour, day or month of UTC.',
      },
      {
        name: 'per',
        label: 'Counted by',
        widget: 'signal',
        options: keySignals.map((value) => ({ value, label: value })),
        help: 'Every value has a limit of its own; left empty, all requests share one.',
      },
    ],
  },
});

/** `100 requests a minute`, `$5 a day`. */
export function amountText({
  amount,
  unit,
  window,
}: Pick<LimitConfig, 'amount' | 'unit' | 'window'>): string {
  return `${unit === 'usd' ? `$${amount}` : `${amount} ${unit}`} ${window === 'hour' ? 'an' : 'a'} ${window}`;
}

function check({ per }: LimitConfig): readonly Finding[] {
  if (per === null || (isSignalName(per) && valueTypeOf(per) === 'string')) return [];
  return [
    {
      code: 'signal_unknown',
      severity: 'error',
      field: 'per',
      message: `A limit cannot be counted by "${per}". Leave it empty, or choose one of ${keySignals.join(', ')}.`,
    },
  ];
}
