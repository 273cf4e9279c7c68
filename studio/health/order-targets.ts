import type { TargetHealthShape } from '#server/contract/health.ts';
import type { Tone } from '../look/status.tsx';

/** What is made of a target's state: a word and how loud it is. */
export interface Condition {
  readonly tone: Tone;
  readonly word: string;
  /** Whether somebody should look at it. */
  readonly isTroubled: boolean;
}

/** From so many failures on a target that is still called is worth a look. */
const noticeable = 0.05;

export function conditionOf({ state, errorRate }: TargetHealthShape): Condition {
  if (state === 'open') return { tone: 'bad', word: 'left alone', isTroubled: true };
  if (state === 'half_open') return { tone: 'warn', word: 'to be tried again', isTroubled: true };
  if (errorRate >= noticeable) return { tone: 'warn', word: 'failing at times', isTroubled: true };
  return { tone: 'good', word: 'healthy', isTroubled: false };
}

const ranks: Readonly<Record<TargetHealthShape['state'], number>> = { open: 0, half_open: 1, closed: 2 };

/** What needs a look first: open, then to be tried again, then by failures; ties by name. */
export function orderTargets(targets: readonly TargetHealthShape[]): readonly TargetHealthShape[] {
  return targets.toSorted(
    (left, right) =>
      ranks[left.state] - ranks[right.state] ||
      right.errorRate - left.errorRate ||
      (left.target < right.target ? -1 : 1),
  );
}
