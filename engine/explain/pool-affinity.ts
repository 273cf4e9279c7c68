import { type Judged, judgeCandidates, type PoolFacts, type PreparedPool } from '../nodes/index.ts';
import { nanoOf } from './pool-points.ts';
import { showCount, showNanoUsd } from './show-figures.ts';

/** What a conversation's next turn costs with the target of its last one, and elsewhere. Nano-dollars. */
export interface PoolAffinity {
  /** Where the conversation was last. */
  readonly target: string;
  readonly warmTokens: number;
  readonly stays: boolean;
  /** `null` where it is out, or has no price. */
  readonly stayNanoUsd: number | null;
  /** The best candidate beside it; `null` where there is none. */
  readonly other: string | null;
  readonly moveNanoUsd: number | null;
  /** The arithmetic for people. */
  readonly sentence: string;
}

/** `null` where the conversation has been nowhere, or the pool does not ask. `inOrder` has the best first. */
export function describeAffinity(
  pool: PreparedPool,
  inOrder: readonly Judged[],
  facts: PoolFacts,
): PoolAffinity | null {
  const target = facts.sessionTarget ?? '';
  if (!pool.settings.affinity || target === '') return null;
  const here = inOrder.find(({ candidate }) => candidate.target === target);
  const other = inOrder.find(({ candidate, rank }) => rank !== null && candidate.target !== target);
  const figures = {
    target,
    warmTokens: here?.warmTokens ?? 0,
    stays: here?.rank === 1,
    stayNanoUsd: here === undefined || here.out !== null ? null : nanoOf(here.costPico),
    other: other?.candidate.target ?? null,
    moveNanoUsd: other === undefined ? null : nanoOf(other.costPico),
  };
  if (here === undefined)
    return { ...figures, sentence: `The conversation was with ${target}, which is no candidate here.` };
  if (here.out !== null)
    return { ...figures, sentence: `The conversation was with ${target}, which cannot take this request.` };
  const cold = judgeCandidates(pool, { ...facts, warmTokens: 0 }).judged;
  const coldPico = cold.find(({ candidate }) => candidate.target === target)?.costPico ?? null;
  return { ...figures, sentence: sentenceOf(figures, nanoOf(coldPico)) };
}

function sentenceOf(
  { target, warmTokens, stays, stayNanoUsd, other, moveNanoUsd }: Omit<PoolAffinity, 'sentence'>,
  coldNanoUsd: number | null,
): string {
  const cached =
    warmTokens > 0 ? `${showCount(warmTokens)} tokens are cached there` : 'nothing is cached there any more';
  const saved =
    warmTokens === 0 || stayNanoUsd === null || coldNanoUsd === null
      ? ''
      : `, so this turn costs about ${showNanoUsd(stayNanoUsd)} instead of ${showNanoUsd(coldNanoUsd)}`;
  const against =
    other === null
      ? ''
      : moveNanoUsd === null
        ? `; ${other} has no price`
        : `; at ${other} it would cost about ${showNanoUsd(moveNanoUsd)}`;
  if (stays) return `The conversation stays with ${target}: ${cached}${saved}${against}.`;
  return `The conversation moves away from ${target}${warmTokens > 0 ? ', although ' : ': '}${cached}${saved}${against}.`;
}
