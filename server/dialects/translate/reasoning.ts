import { type Effort, efforts } from './neutral.ts';

/**
 * Tokens of thinking an effort stands for, where a model takes a budget and no effort. Neither vendor publishes such a
 * table; ours is made so that effort → budget → effort gives the same effort.
 */
export const budgetOfEffort: Readonly<Record<Effort, number>> = {
  minimal: 1_024,
  low: 2_048,
  medium: 8_192,
  high: 24_576,
  xhigh: 32_768,
  max: 65_536,
};

/** The strongest effort whose budget is covered; `minimal` below all of them. */
export function effortOfBudget(tokens: number): Effort {
  return efforts.findLast((effort) => budgetOfEffort[effort] <= tokens) ?? 'minimal';
}

export function isEffort(value: string): value is Effort {
  return (efforts as readonly string[]).includes(value);
}

/** The nearest effort a model takes, the weaker of two as near; `undefined` when it takes none. */
export function nearestEffort(wanted: Effort, taken: readonly Effort[]): Effort | undefined {
  const rank = efforts.indexOf(wanted);
  const distance = (effort: Effort) => Math.abs(efforts.indexOf(effort) - rank);
  return [...taken]
    .sort((left, right) => efforts.indexOf(left) - efforts.indexOf(right))
    .reduce<Effort | undefined>(
      (best, effort) => (best === undefined || distance(effort) < distance(best) ? effort : best),
      undefined,
    );
}

/** The least budget Anthropic takes. */
export const leastBudget = 1_024;
