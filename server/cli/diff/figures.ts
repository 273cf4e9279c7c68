import type { SimulationResult } from '#engine/simulate/index.ts';
import { showCount, showShare, showUsd } from '../show.ts';
import { signedUsd } from './verdict.ts';

/** One number of a what-if before and after, as texts. */
export interface Figure {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
}

export type Transition = SimulationResult['transitions'][number];
export type SegmentRow = SimulationResult['segments'][number];

/** The headline numbers. What nobody measured is left out rather than shown as nothing. */
export function figuresOf(result: SimulationResult): readonly Figure[] {
  const { cost_nano_usd: cost, latency_ms: mean, latency, errors, refused, fallbacks } = result;
  const range = cost.low === cost.high ? '' : ` (${showUsd(cost.low)} – ${showUsd(cost.high)})`;
  return [
    {
      name: 'Cost',
      before: showUsd(cost.before),
      after: `${showUsd(cost.after)}${range}`,
      change: signedUsd(cost.after - cost.before),
    },
    ...counted('Latency, mean', mean.before, mean.after, ' ms'),
    ...counted('Latency, p95', latency.before.p95, latency.after.p95, ' ms'),
    ...counted('Refused', refused.before, refused.after, ''),
    ...counted('Expected failures', errors.before, errors.after, ''),
    ...counted('Expected fallbacks', fallbacks.before, fallbacks.after, ''),
    { name: 'Evidence', before: '', after: evidenceOf(result), change: '' },
  ];
}

function counted(name: string, before: number | null, after: number | null, unit: string): readonly Figure[] {
  if (before === null || after === null || (before === 0 && after === 0)) return [];
  const delta = Math.round(after) - Math.round(before);
  const show = (value: number) => `${showCount(value)}${unit}`;
  const sign = delta < 0 ? '−' : '+';
  return [{ name, before: show(before), after: show(after), change: `${sign}${show(Math.abs(delta))}` }];
}

function evidenceOf({ records, evidence }: SimulationResult): string {
  return Object.entries(evidence)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${showShare(count / Math.max(1, records))} ${name}`)
    .join(', ');
}

const mostTransitions = 10;
const mostSegments = 8;

/** The moves of the most requests. */
export function topTransitions({ transitions }: SimulationResult): readonly Transition[] {
  return [...transitions]
    .filter(({ from, to }) => from !== to)
    .sort((left, right) => right.requests - left.requests)
    .slice(0, mostTransitions);
}

/** Who pays or saves the most; too small ones and those of whom nothing changes are left out. */
export function largestSegments({ segments }: SimulationResult): readonly SegmentRow[] {
  const kinds = new Set(['team', 'project', 'key', 'task', 'size']);
  return segments
    .filter(({ by, small, changed }) => kinds.has(by) && !small && changed > 0)
    .sort((left, right) => deltaOf(right) - deltaOf(left))
    .slice(0, mostSegments);
}

function deltaOf({ cost_before: before, cost_after: after }: SegmentRow): number {
  return Math.abs(after - before);
}

export function segmentName({ by, value }: SegmentRow): string {
  return `${by} ${value === '' ? '(unknown)' : value}`;
}
