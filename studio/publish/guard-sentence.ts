import type { RolloutView } from '#server/contract/index.ts';
import { formatShare } from '../look/format.ts';

const measures = {
  error_rate: 'Failures may rise by',
  latency: 'Typical time may rise by',
  cost: 'Typical cost may rise by',
} as const;

/** A guard in words: what it allows, and how likely what was seen is by chance. */
export function guardSentence(
  { guard, margin, p }: RolloutView['figures']['guards'][number],
  givesWayBelow: number,
): string {
  const allowed = `${measures[guard]} ${formatShare(margin)}.`;
  if (p >= 1) return `${allowed} Nothing speaks against the candidate so far.`;
  const chance =
    p < 0.001 ? 'less than one in a thousand' : `${Number((p * 100).toPrecision(2))} in a hundred`;
  return p < givesWayBelow
    ? `${allowed} Broken: by chance this is seen in ${chance} rollouts.`
    : `${allowed} If it were within that, what was seen would come up in ${chance} rollouts; it is taken back below ${Number((givesWayBelow * 100).toPrecision(2))} in a hundred.`;
}
