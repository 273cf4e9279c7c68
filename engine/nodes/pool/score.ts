import type { Candidate } from './candidate.ts';
import type { PoolSettings, Weights } from './pool-settings.ts';

/** Figures of all candidates for one request, by index; `NaN` is unknown. */
export interface Figures {
  readonly costPico: Float64Array;
  readonly latencyMs: Float64Array;
}

/**
 * Writes a key for each candidate of `fit`: smaller is better, and what is unknown comes last. For one objective it is the
 * figure itself; for “balanced”, how near a candidate comes to the best cost, latency and quality, weighed, below zero.
 */
export function writeKeys(
  keys: Float64Array,
  fit: readonly number[],
  { costPico, latencyMs }: Figures,
  candidates: readonly Candidate[],
  { objective, weights }: PoolSettings,
): void {
  if (objective === 'balanced') {
    writeBalanced(keys, fit, { costPico, latencyMs }, candidates, weights);
    return;
  }
  for (let at = 0; at < fit.length; at += 1) {
    const index = fit[at] as number;
    const figure =
      objective === 'cost'
        ? (costPico[index] as number)
        : objective === 'latency'
          ? (latencyMs[index] as number)
          : -(candidates[index]?.quality ?? Number.NaN);
    keys[index] = Number.isNaN(figure) ? Number.POSITIVE_INFINITY : figure;
  }
}

function writeBalanced(
  keys: Float64Array,
  fit: readonly number[],
  { costPico, latencyMs }: Figures,
  candidates: readonly Candidate[],
  weights: Weights,
): void {
  let leastCost = Number.POSITIVE_INFINITY;
  let leastMs = Number.POSITIVE_INFINITY;
  let mostQuality = 0;
  for (const index of fit) {
    // A comparison with NaN is false, so what is unknown is never the best.
    if ((costPico[index] as number) < leastCost) leastCost = costPico[index] as number;
    if ((latencyMs[index] as number) < leastMs) leastMs = latencyMs[index] as number;
    mostQuality = Math.max(mostQuality, candidates[index]?.quality ?? 0);
  }
  const sum = weights.cost + weights.latency + weights.quality;
  for (const index of fit) {
    const quality = candidates[index]?.quality ?? 0;
    keys[index] =
      -(
        weights.cost * nearness(leastCost, costPico[index] as number) +
        weights.latency * nearness(leastMs, latencyMs[index] as number) +
        weights.quality * (mostQuality === 0 ? 0 : quality / mostQuality)
      ) / sum;
  }
}

/** 1 for the best, 0.5 for twice as much, 0 for unknown. */
function nearness(least: number, figure: number): number {
  if (Number.isNaN(figure)) return 0;
  return figure <= least ? 1 : least / figure;
}
