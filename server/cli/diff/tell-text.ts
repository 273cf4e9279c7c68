import { type NodeChange, nameOfChange, showSetting, tellField, tellPort } from '#engine/policy/index.ts';
import type { SimulationResult } from '#engine/simulate/index.ts';
import { showCount, showTable, showUsd } from '../show.ts';
import type { Comparison } from './compare-policies.ts';
import { type Figure, figuresOf, largestSegments, segmentName, topTransitions } from './figures.ts';
import { signedUsd, verdictOf } from './verdict.ts';

const marks = { added: '+', removed: '-', changed: '~', relabelled: '·' } as const;

/** A comparison for a terminal. */
export function tellText(comparison: Comparison): string {
  const { diff, whatIf } = comparison;
  const entry =
    diff.entry === null
      ? []
      : [`~ requests enter at ${showSetting(diff.entry.after)}, not ${showSetting(diff.entry.before)}`];
  const classifiers = diff.classifiers.flatMap((one) => [
    `${marks[one.kind]} classifier ${one.id}`,
    ...(one.kind === 'changed' ? one.fields.map((field) => `    ${tellField(field)}`) : []),
  ]);
  const drawing = [
    ...diff.about.map((field) => `· ${tellField(field)}`),
    ...entry,
    ...diff.nodes.flatMap(nodeLines),
    ...classifiers,
  ];
  const parts = [
    verdictOf(comparison),
    drawing.join('\n'),
    whatIf === null ? '' : numbers(whatIf),
    findings(comparison),
  ];
  return `${parts
    .filter((part) => part !== '')
    .map((part) => part.trimEnd())
    .join('\n\n')}\n`;
}

function nodeLines(change: NodeChange): readonly string[] {
  const kind = change.after?.kind ?? change.before?.kind ?? '';
  const name = nameOfChange(change);
  const head = `${marks[change.kind]} ${change.id}  ${kind}${name === change.id ? '' : `, “${name}”`}`;
  if (change.kind === 'removed') return [head];
  const fields = change.fields.filter(({ field }) => field !== 'kind' || change.kind === 'changed');
  return [
    head,
    ...[...fields, ...(change.kind === 'added' ? [] : change.labels)].map((one) => `    ${tellField(one)}`),
    ...change.ports.map((port) => `    ${tellPort(port)}`),
  ];
}

function numbers(result: SimulationResult): string {
  const figures = figuresOf(result).map(({ name, before, after, change }: Figure) => [
    name,
    before,
    after,
    change,
  ]);
  const transitions = topTransitions(result).map((one) => [
    `${one.from || '(none)'} → ${one.to || '(none)'}`,
    showCount(one.requests),
    signedUsd(one.cost_delta),
  ]);
  const segments = largestSegments(result).map((one) => [
    segmentName(one),
    showCount(one.requests),
    showUsd(one.cost_before),
    showUsd(one.cost_after),
  ]);
  return [
    showTable(['', '>before', '>after', '>change'], figures),
    ...(transitions.length === 0 ? [] : [showTable(['moved', '>requests', '>cost'], transitions)]),
    ...(segments.length === 0 ? [] : [showTable(['segment', '>requests', '>cost', '>→'], segments)]),
    result.assumptions.map((sentence) => `- ${sentence}`).join('\n'),
  ].join('\n');
}

function findings({ findings: { new: fresh, resolved } }: Comparison): string {
  return [
    ...fresh.map(({ severity, code, message }) => `! new ${severity} ${code}: ${message}`),
    ...resolved.map(({ severity, code, message }) => `✓ resolved ${severity} ${code}: ${message}`),
  ].join('\n');
}
