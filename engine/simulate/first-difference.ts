import type { Step } from '../plan/index.ts';
import type { Bin } from './bins.ts';
import { stepsOf } from './edges.ts';

/** Where two decisions part: the node, and the exit that the candidate takes there (`""`: none). */
export interface Parting {
  readonly node: string;
  readonly port: string;
}

/** The node at which the paths part; where they are one, the node whose target differs. */
export function firstDifference({ before, after }: Bin): Parting {
  const left = stepsOf(before);
  const right = after.decision.path;
  for (const [index, step] of right.entries()) {
    const other = left[index];
    if (other === undefined || !isSameStep(step, other)) return { node: step.node, port: step.port ?? '' };
  }
  const beyond = left[right.length];
  if (beyond !== undefined) return { node: beyond.node, port: '' };
  const attempt = after.decision.attempts.find(
    (one, index) => one.kind === 'call' && one.target !== before.targets[index],
  );
  return { node: attempt?.node ?? right.at(-1)?.node ?? '', port: '' };
}

function isSameStep(left: Step, right: Step): boolean {
  return left.node === right.node && left.port === right.port && left.undetermined === right.undetermined;
}
