import { matchesGlob } from '#engine/catalogue/glob.ts';

/** What the patterns of a pool stand for: each target once, in the order of the patterns, then of ids. */
export interface PoolMatch {
  /** In order, all that each fits. */
  readonly byPattern: readonly { readonly pattern: string; readonly ids: readonly string[] }[];
  readonly ids: readonly string[];
}

type Models = ReadonlyMap<string, { readonly id: string }>;

const known = new WeakMap<readonly string[], { readonly models: Models; readonly match: PoolMatch }>();

/** Looks the patterns up in the catalogue. Answers the same object for the same list and the same catalogue. */
export function matchPool(patterns: readonly string[], models: Models): PoolMatch {
  const before = known.get(patterns);
  if (before?.models === models) return before.match;
  const match = lookUp(patterns, models);
  known.set(patterns, { models, match });
  return match;
}

function lookUp(patterns: readonly string[], models: Models): PoolMatch {
  const byPattern = patterns.map((pattern) => ({ pattern, ids: idsOf(pattern, models) }));
  const ids = [...new Set(byPattern.flatMap((one) => one.ids))];
  return { byPattern, ids };
}

/** A name without a star stands for itself, known or not. */
export function idsOf(pattern: string, models: Models): readonly string[] {
  if (!pattern.includes('*')) return [pattern];
  return [...models.keys()].filter((id) => matchesGlob(pattern, id)).sort();
}
