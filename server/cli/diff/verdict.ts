import { showCount, showShare, showUsd } from '../show.ts';
import type { Comparison } from './compare-policies.ts';

/** The change in one sentence: what changed in the drawing, and with records what that does. */
export function verdictOf({ diff, findings, whatIf }: Comparison): string {
  const errors = findings.new.filter(({ severity }) => severity === 'error').length;
  const broken = errors === 0 ? '' : ` It brings ${countOf(errors, 'new error')}, so it cannot be published.`;
  if (isNothing(diff)) return `Nothing changes but, at most, where nodes lie on the canvas.${broken}`;
  if (diff.sameMeaning)
    return `Only names and descriptions change; every request is decided as before.${broken}`;
  const drawing = `${drawingOf(diff)}.`;
  return whatIf === null ? `${drawing}${broken}` : `${drawing} ${effectOf(whatIf)}${broken}`;
}

function isNothing({ sameMeaning, nodes, about }: Comparison['diff']): boolean {
  return sameMeaning && nodes.length === 0 && about.length === 0;
}

/** `2 nodes change, 1 is new, 1 is gone, and requests enter elsewhere`. */
function drawingOf({ nodes, entry, classifiers }: Comparison['diff']): string {
  const of = (kind: string) => nodes.filter((node) => node.kind === kind).length;
  const [changed, added, removed] = [of('changed'), of('added'), of('removed')];
  const parts = [
    ...(changed > 0 ? [`${countOf(changed, 'node')} ${changed === 1 ? 'changes' : 'change'}`] : []),
    ...(added > 0 ? [`${countOf(added, 'node')} ${added === 1 ? 'is' : 'are'} new`] : []),
    ...(removed > 0 ? [`${countOf(removed, 'node')} ${removed === 1 ? 'is' : 'are'} gone`] : []),
    ...(entry === null ? [] : ['requests enter elsewhere']),
    ...(classifiers.length > 0
      ? [`${countOf(classifiers.length, 'classifier')} ${classifiers.length === 1 ? 'differs' : 'differ'}`]
      : []),
  ];
  return parts.length < 2
    ? (parts[0] ?? 'Something changes')
    : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function effectOf({
  records,
  changed,
  cost_nano_usd: { before, after, low, high },
}: NonNullable<Comparison['whatIf']>): string {
  if (records === 0) return 'There are no records to try it on.';
  if (changed === 0) return `All ${showCount(records)} recorded requests are decided as before.`;
  const moved = `${showCount(changed)} of ${showCount(records)} recorded requests (${showShare(changed / records)}) go another way`;
  const delta = after - before;
  if (delta === 0 && low === high) return `${moved}, at the same cost.`;
  const share = before === 0 ? '' : `, ${showShare(Math.abs(delta) / before)}`;
  const range = low === high ? '' : ` (95 %: ${signedUsd(low - before)} to ${signedUsd(high - before)})`;
  return `${moved}, which costs ${showUsd(Math.abs(delta))}${share} ${delta < 0 ? 'less' : 'more'}${range}.`;
}

/** `+$1.20`, `−$0.40`. */
export function signedUsd(nanoUsd: number): string {
  return nanoUsd < 0 ? showUsd(nanoUsd) : `+${showUsd(nanoUsd)}`;
}

export function countOf(count: number, noun: string): string {
  return `${showCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
