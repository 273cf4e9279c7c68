/** One prompt of a routing benchmark: how hard it was said to be, and how often the weak and the strong model were right (0–1). */
export interface RoutedPrompt {
  readonly difficulty: number;
  readonly weak: number;
  readonly strong: number;
}

/**
 * Average performance gap recovered (Ong et al., RouteLLM, 2024): prompts go to the strong model hardest first; at every
 * share of calls to it, which part of the gap between the weak and the strong model is won; the mean over all shares.
 * Chance gives 0.5. `null` where the strong model is not better by two points.
 */
export function averageGapRecovered(prompts: readonly RoutedPrompt[]): number | null {
  const gap = prompts.reduce((sum, { weak, strong }) => sum + strong - weak, 0);
  if (gap / Math.max(1, prompts.length) < 0.02) return null;
  const hardestFirst = prompts.toSorted((one, other) => other.difficulty - one.difficulty);
  let won = 0;
  let sum = 0;
  let at = 0;
  while (at < hardestFirst.length) {
    // Prompts of equal difficulty come in no order: each brings the mean of them.
    const same = hardestFirst
      .slice(at)
      .findIndex(({ difficulty }) => difficulty !== hardestFirst[at]?.difficulty);
    const tied = hardestFirst.slice(at, same < 0 ? undefined : at + same);
    const each = tied.reduce((total, { weak, strong }) => total + strong - weak, 0) / tied.length;
    for (const _ of tied) {
      won += each;
      sum += won / gap;
    }
    at += tied.length;
  }
  return sum / (prompts.length + 1);
}
