import { z } from 'zod';
import { defineNode, type Port } from '../define-node.ts';
import { defaultErrorClasses, errorClassLabels, listableErrorClasses } from '../error-class.ts';
import { frame, Milliseconds, Slug } from '../fields.ts';
import { findRepeated } from '../find-repeated.ts';
import type { Finding } from '../finding.ts';

const FallbackConfig = z.strictObject({
  kind: z.literal('fallback'),
  ...frame,
  try: z.array(Slug),
  on: z.array(z.enum(listableErrorClasses)).default([...defaultErrorClasses]),
  deadline_ms: Milliseconds.optional(),
  retry_budget: z.number().min(0).max(1).optional(),
});
type FallbackConfig = z.output<typeof FallbackConfig>;

/** Tries its exits in order, moving on when one fails in a way it lists. */
export const fallback = defineNode({
  kind: 'fallback',
  config: FallbackConfig,
  ports,
  withTarget,
  check,
  compile: (config) => ({
    kind: 'sequence',
    on: config.on,
    deadlineMs: config.deadline_ms ?? null,
    accept: null,
    retryBudget: config.retry_budget ?? null,
  }),
  blank: (): FallbackConfig => ({
    kind: 'fallback',
    label: 'Fallback',
    try: [],
    on: [...defaultErrorClasses],
  }),
  form: {
    title: 'Fallback',
    summary: 'Tries one way after another until one answers.',
    icon: 'fallback',
    accent: 'orange',
    fields: [
      { name: 'try', label: 'Tries, in order', widget: 'tries' },
      {
        name: 'on',
        label: 'Moves on after',
        widget: 'multiselect',
        options: listableErrorClasses.map((value) => ({ value, label: errorClassLabels[value] })),
      },
      {
        name: 'deadline_ms',
        label: 'Deadline for all tries',
        widget: 'number',
        unit: 'ms',
        min: 1,
        placeholder: 'the gateway’s',
      },
      {
        name: 'retry_budget',
        label: 'Retry budget',
        widget: 'percent',
        min: 0,
        max: 1,
        step: 0.01,
        placeholder: 'none',
        help: 'Of the requests of the last minute, at most this share goes on to a second try: an outage is not made worse.',
      },
    ],
  },
});

/** `1`, `2`, … in order of trying, and an open port at the end. */
function ports(config: FallbackConfig): readonly Port[] {
  return [
    ...config.try.map((to, index) => ({
      id: `${index + 1}`,
      label: index === 0 ? 'first' : `then ${index + 1}`,
      to,
    })),
    { id: 'add', label: 'then', to: null, open: true as const },
  ];
}

function withTarget(config: FallbackConfig, port: string, to: string | null): FallbackConfig {
  if (port === 'add') return to === null ? config : { ...config, try: [...config.try, to] };
  const at = Number(port) - 1;
  if (!(at in config.try)) return config;
  return {
    ...config,
    try: config.try.flatMap((old, index) => (index !== at ? [old] : to === null ? [] : [to])),
  };
}

function check(config: FallbackConfig): readonly Finding[] {
  if (config.try.length === 0) {
    return [
      {
        code: 'tries_empty',
        severity: 'error',
        field: 'try',
        message: 'Nothing is tried. Connect at least one model.',
      },
    ];
  }
  const findings: Finding[] = findRepeated(config.try).map(({ value, index }) => ({
    code: 'tries_repeated',
    severity: 'warning',
    port: `${index + 1}`,
    field: `try.${index}`,
    message: `"${value}" is tried twice. If a retry is meant, leave it; else connect another model.`,
  }));
  if (config.try.length === 1) {
    findings.push({
      code: 'tries_single',
      severity: 'warning',
      field: 'try',
      message: 'There is only one try, so there is nothing to fall back to. Connect another model.',
    });
  }
  return findings;
}
