import type { SimulationResult } from '../result.ts';
import type { CacheShift } from './cache/cache-shift.ts';

/** What the move does to prompt caches, compared with the other side; both lose where a baseline moves too. */
export function cacheOf(
  shifts: Readonly<Record<'beforeRule' | 'afterRule', CacheShift | null>>,
  loggedReads: number,
): SimulationResult['cache'] {
  const { beforeRule: before, afterRule: after } = shifts;
  return {
    lost_tokens: Math.max(0, (after?.lostTokens ?? 0) - (before?.lostTokens ?? 0)),
    lost_nano_usd: Math.max(0, (after?.lostNanoUsd ?? 0) - (before?.lostNanoUsd ?? 0)),
    kept_tokens: after?.keptTokens ?? loggedReads,
  };
}

/** Rows whose own cost changes although they stay, because a cache was left to grow cold, are modelled. */
export function withRestated(
  evidence: SimulationResult['evidence'],
  classOf: (bin: number) => keyof SimulationResult['evidence'],
  shift: CacheShift | null,
): SimulationResult['evidence'] {
  if (shift === null) return evidence;
  const counts = { ...evidence };
  for (const [bin, rows] of shift.restated) {
    const from = classOf(bin);
    if (from === 'unknown') continue;
    counts[from] -= rows;
    counts.modelled += rows;
  }
  return counts;
}
