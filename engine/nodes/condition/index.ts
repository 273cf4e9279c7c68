import { z } from 'zod';
import { checkExpression, type Expr } from '../../expression/index.ts';
import { defineNode, type Port } from '../define-node.ts';
import { frame, PortTarget, Slug } from '../fields.ts';
import { findRepeated } from '../find-repeated.ts';
import type { Finding } from '../finding.ts';

const Case = z.strictObject({
  id: Slug,
  label: z.string().min(1).max(120).optional(),
  when: z.string(),
  to: PortTarget,
});
const ConditionConfig = z.strictObject({
  kind: z.literal('condition'),
  ...frame,
  cases: z.array(Case),
  else: PortTarget,
});
type ConditionConfig = z.output<typeof ConditionConfig>;

/** Asks its cases in order; the first that is true decides. */
export const condition = defineNode({
  kind: 'condition',
  config: ConditionConfig,
  ports,
  withTarget: (config, port, to) =>
    port === 'else'
      ? { ...config, else: to }
      : { ...config, cases: config.cases.map((one) => (one.id === port ? { ...one, to } : one)) },
  check,
  compile: (config) => ({
    kind: 'choose',
    chooser: { kind: 'cases', tests: config.cases.map(expressionOf) },
  }),
  blank: (): ConditionConfig => ({
    kind: 'condition',
    label: 'Condition',
    cases: [{ id: 'yes', when: 'request.input_tokens > 60000', to: null }],
    else: null,
  }),
  form: {
    title: 'Condition',
    summary: 'Asks questions about the request in order; the first “yes” decides.',
    icon: 'condition',
    accent: 'blue',
    fields: [{ name: 'cases', label: 'Cases', widget: 'cases', help: 'Asked from top to bottom.' }],
  },
});

function ports(config: ConditionConfig): readonly Port[] {
  return [
    ...config.cases.map((one) => ({ id: one.id, label: one.label ?? one.when, to: one.to })),
    { id: 'else', label: 'else', to: config.else },
  ];
}

function expressionOf(one: ConditionConfig['cases'][number]): Expr {
  const checked = checkExpression(one.when);
  if (checked.kind === 'bad')
    throw new Error(`compile called with a bad condition: ${checked.problem.message}`);
  return checked.expr;
}

function check(config: ConditionConfig): readonly Finding[] {
  const findings: Finding[] = [];
  if (config.cases.length === 0) {
    findings.push({
      code: 'cases_empty',
      severity: 'warning',
      field: 'cases',
      message: 'There is no case, so every request leaves by “else”. Add a case.',
    });
  }
  for (const [index, one] of config.cases.entries()) {
    const checked = checkExpression(one.when);
    if (checked.kind === 'ok') continue;
    const { code, message, range } = checked.problem;
    findings.push({ code, severity: 'error', port: one.id, field: `cases.${index}.when`, message, range });
  }
  return [...findings, ...repeatedIds(config), ...repeatedTexts(config)];
}

function repeatedIds(config: ConditionConfig): readonly Finding[] {
  const ids = [...config.cases.map((one) => one.id), 'else'];
  return findRepeated(ids).map(({ value, index }) => ({
    code: 'duplicate_id',
    severity: 'error',
    port: value,
    field: index < config.cases.length ? `cases.${index}.id` : 'cases',
    message: `Two exits are called "${value}". Give each case an id of its own (“else” is taken).`,
  }));
}

function repeatedTexts(config: ConditionConfig): readonly Finding[] {
  return findRepeated(config.cases.map((one) => one.when.trim())).map(({ index }) => ({
    code: 'duplicate_case',
    severity: 'warning',
    port: config.cases[index]?.id ?? '',
    field: `cases.${index}.when`,
    message: 'An earlier case asks the same, so this one is never reached. Remove or change it.',
  }));
}
