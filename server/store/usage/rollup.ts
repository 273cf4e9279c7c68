import type { UsageMeasures } from './usage-query.ts';

/**
 * Spend of removed records is kept in sums of this many ms: every zone's midnight lies on a border, since zones are off by
 * whole quarters of an hour.
 */
export const rollupMs = 900_000;
const dayMs = 86_400_000;

/**
 * What calls that are alike in everything spend is cut by cost together in a quarter of an hour. Users are not among it: who
 * asked is not kept longer than the records.
 */
export interface Rollup {
  /** When the quarter begins, ms since 1970. */
  readonly at: number;
  readonly team: string;
  readonly project: string;
  readonly key: string;
  /** By name, each once. */
  readonly tags: readonly string[];
  readonly model: string;
  readonly task: string;
  readonly difficulty: string;
  readonly policy: string;
  /** 0 where there is no policy. */
  readonly version: number;
  readonly purpose: string;
  readonly origin: string;
  /** What the cost of each call leaves when it is shared among its tags: part of what makes them alike, so that shares stay whole. */
  readonly rest: number;
  /** How many of the calls have a price. */
  readonly priced: number;
  readonly measures: UsageMeasures;
}

/** Names of the columns that make calls alike, in the order of the tables. */
export const rollupKeys = [
  'team',
  'project',
  'key',
  'tags',
  'model',
  'task',
  'difficulty',
  'policy',
  'version',
  'purpose',
  'origin',
  'rest',
] as const;

/** The beginning of the UTC day of a moment: whole days go, and what is younger stays. */
export function dayBefore(before: number): number {
  return Math.floor(before / dayMs) * dayMs;
}
