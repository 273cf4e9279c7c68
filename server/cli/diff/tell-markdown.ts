import { type NodeChange, nameOfChange, showSetting, tellField, tellPort } from '#engine/policy/index.ts';
import type { SimulationResult } from '#engine/simulate/index.ts';
import { showCount, showUsd } from '../show.ts';
import type { Comparison } from './compare-policies.ts';
import { figuresOf, largestSegments, segmentName, topTransitions } from './figures.ts';
import { code, plain, table } from './markdown.ts';
import { countOf, signedUsd, verdictOf } from './verdict.ts';

/** By this line a workflow finds its own comment again, one for each policy. */
export function markerOf(policyId: string): string {
  return `<!-- waybill diff ${policyId} -->`;
}

/**
 * A comment for a pull request: the verdict, the numbers, and what is behind them folded away. Everything an author
 * wrote is escaped: a label can neither mention somebody nor break out of its cell.
 */
export function tellMarkdown(comparison: Comparison): string {
  const { after, findings, whatIf } = comparison;
  const parts = [
    markerOf(after.policy.id),
    `### Routing policy ${code(after.policy.id)}\n\n**${verdictOf(comparison)}**`,
    whatIf === null ? '' : numbers(whatIf),
    findingList(comparison),
    folded(`What changes in the drawing`, drawing(comparison)),
    ...(whatIf === null ? [] : [transitions(whatIf), segments(whatIf), assumptions(whatIf)]),
    findings.kept === 0
      ? ''
      : `<sub>${countOf(findings.kept, 'finding')} from before ${findings.kept === 1 ? 'is' : 'are'} unchanged.</sub>`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function numbers(result: SimulationResult): string {
  const rows = figuresOf(result).map(({ name, before, after, change }) => [name, before, after, change]);
  return table(['', '>Before', '>After', '>Change'], rows);
}

function findingList({ findings: { new: fresh, resolved } }: Comparison): string {
  return [
    ...fresh.map(
      ({ severity, code: name, message }) =>
        `- ${severity === 'error' ? '🔴 **New error**' : '🟡 **New warning**'} ${code(name)}: ${plain(message)}`,
    ),
    ...resolved.map(({ code: name, message }) => `- 🟢 Resolved ${code(name)}: ${plain(message)}`),
  ].join('\n');
}

function drawing({ diff }: Comparison): string {
  const entry =
    diff.entry === null
      ? []
      : [
          `- requests enter at ${code(showSetting(diff.entry.after))}, not ${code(showSetting(diff.entry.before))}`,
        ];
  return [
    ...diff.about.map((field) => `- ${code(tellField(field))}`),
    ...entry,
    ...diff.nodes.flatMap(nodeItems),
    ...diff.classifiers.flatMap((one) => [
      `- classifier ${code(one.id)} is ${words[one.kind]}`,
      ...(one.kind === 'changed' ? one.fields.map((field) => `  - ${code(tellField(field))}`) : []),
    ]),
  ].join('\n');
}

const words = { added: 'new', removed: 'gone', changed: 'changed', relabelled: 'renamed' } as const;

function nodeItems(change: NodeChange): readonly string[] {
  const kind = change.after?.kind ?? change.before?.kind ?? '';
  const name = nameOfChange(change);
  const head = `- **${words[change.kind]}** ${code(change.id)}, ${kind}${name === change.id ? '' : ` “${plain(name)}”`}`;
  if (change.kind === 'removed') return [head];
  const fields = change.fields.filter(({ field }) => field !== 'kind' || change.kind === 'changed');
  return [
    head,
    ...[...fields, ...(change.kind === 'added' ? [] : change.labels)].map(
      (one) => `  - ${code(tellField(one))}`,
    ),
    ...change.ports.map((port) => `  - ${plain(tellPort(port))}`),
  ];
}

function transitions(result: SimulationResult): string {
  const rows = topTransitions(result).map(({ from, to, requests, cost_delta }) => [
    code(from || '(none)'),
    code(to || '(none)'),
    showCount(requests),
    signedUsd(cost_delta),
  ]);
  return rows.length === 0
    ? ''
    : folded('Where requests move', table(['From', 'To', '>Requests', '>Cost'], rows));
}

function segments(result: SimulationResult): string {
  const rows = largestSegments(result).map((one) => [
    plain(segmentName(one)),
    showCount(one.requests),
    showUsd(one.cost_before),
    showUsd(one.cost_after),
    signedUsd(one.cost_after - one.cost_before),
  ]);
  return rows.length === 0
    ? ''
    : folded('Who it concerns most', table(['Segment', '>Requests', '>Before', '>After', '>Change'], rows));
}

function assumptions({
  assumptions: sentences,
  records,
  seed,
  price_book: prices,
}: SimulationResult): string {
  const facts = `${showCount(records)} records, seed ${seed}, prices ${prices}.`;
  return folded('What the numbers assume', [...sentences, facts].map((one) => `- ${plain(one)}`).join('\n'));
}

function folded(title: string, body: string): string {
  return body === '' ? '' : `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
