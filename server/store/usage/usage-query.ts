import type { UsageDimension, UsageGrain } from '../../contract/usage-shape.ts';

export {
  type UsageDimension,
  type UsageGrain,
  type UsageOrigin,
  type UsagePurpose,
  usageDimensions,
  usageGrains,
  usageOrigins,
  usagePurposes,
} from '../../contract/usage-shape.ts';

/** How hard requests looked: `task.difficulty` in thirds. */
export function difficultyBand(difficulty: number | null): 'easy' | 'medium' | 'hard' | '' {
  if (difficulty === null) return '';
  return difficulty < easyBelow ? 'easy' : difficulty < mediumBelow ? 'medium' : 'hard';
}
export const easyBelow = 0.34;
export const mediumBelow = 0.67;

/** From `from` (ms since 1970) on, local time is UTC and `offsetMs`. */
export interface ZoneOffset {
  readonly from: number;
  readonly offsetMs: number;
}

/** Which requests, and how their spend is cut. */
export interface UsageQuery {
  /** Requests that came at or after `from` and before `to`, ms since 1970. */
  readonly from: number;
  readonly to: number;
  readonly by: readonly UsageDimension[];
  /** `null`: not cut by time. */
  readonly grain: UsageGrain | null;
  /** Offsets of the zone over the window, in order; at least one. See `zoneOffsets`. */
  readonly offsets: readonly ZoneOffset[];
  /**
   * Only what has one of these values, for every dimension named. A tag selects requests that have it, with all of their
   * cost.
   */
  readonly only: { readonly [D in UsageDimension]?: readonly string[] };
  /** Teams whose spend may be seen; `null`: everybody's. */
  readonly teams: readonly string[] | null;
}

/** Token classes, disjoint. `media` is audio and images. */
export interface UsageTokens {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  readonly media: number;
}

/**
 * What was spent. Every measure of the rows of a cut adds up to the total; only with `tag` do `requests`, `calls`, `errors`,
 * `refused`, `unpriced` and `tokens` stand in full at each tag of a request, while its cost is shared among them (equal
 * parts, what does not divide to the first tags by name), so that cost always adds up.
 */
export interface UsageMeasures {
  /** Whole nano-dollars of all calls that have a price. */
  readonly costNanoUsd: number;
  /** Requests, counted where their answer came from, or was last tried. */
  readonly requests: number;
  /** Calls to models: attempts, judges, classifiers. */
  readonly calls: number;
  /** Requests that failed. */
  readonly errors: number;
  readonly refused: number;
  /** Calls whose cost is not known: in no sum, and never 0. */
  readonly unpriced: number;
  readonly tokens: UsageTokens;
}

export interface UsageRow extends UsageMeasures {
  /** By the dimensions asked for, in their order; `''` is none. */
  readonly values: readonly string[];
  /** `2026-11-22T13:00Z` for hours, the first day (`2026-11-22`) for the others; `null` where time was not asked for. */
  readonly bucket: string | null;
}

export const noMeasures: UsageMeasures = {
  costNanoUsd: 0,
  requests: 0,
  calls: 0,
  errors: 0,
  refused: 0,
  unpriced: 0,
  tokens: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0, media: 0 },
};

/** Adds measures up. */
export function addMeasures(left: UsageMeasures, right: UsageMeasures): UsageMeasures {
  const { tokens: a } = left;
  const { tokens: b } = right;
  return {
    costNanoUsd: left.costNanoUsd + right.costNanoUsd,
    requests: left.requests + right.requests,
    calls: left.calls + right.calls,
    errors: left.errors + right.errors,
    refused: left.refused + right.refused,
    unpriced: left.unpriced + right.unpriced,
    tokens: {
      input: a.input + b.input,
      cacheRead: a.cacheRead + b.cacheRead,
      cacheWrite: a.cacheWrite + b.cacheWrite,
      output: a.output + b.output,
      reasoning: a.reasoning + b.reasoning,
      media: a.media + b.media,
    },
  };
}
