import type { SpendMeasures } from '#server/contract/index.ts';

export const stackMeasures = {
  cost: 'Cost',
  requests: 'Requests',
  tokens: 'Tokens',
} as const;
export type StackMeasure = keyof typeof stackMeasures;

/** What one value of a dimension had on each day, in the order of the days. */
export interface StackSeries {
  /** `null`: all that are not among the largest. */
  readonly value: string | null;
  readonly total: number;
  readonly byDay: readonly number[];
}

export interface Stack {
  /** ISO days in order, those on which anything was. */
  readonly days: readonly string[];
  /** The largest first, then the others. */
  readonly series: readonly StackSeries[];
}

type Row = SpendMeasures & { readonly values: readonly string[]; readonly bucket: string | null };

/** Rows a value and a day → the largest values by day, and what is left of each day. */
export function stackByDay(rows: readonly Row[], measure: StackMeasure, most: number): Stack {
  const days = [
    ...new Set(rows.flatMap(({ bucket }) => (bucket === null ? [] : [bucket.slice(0, 10)]))),
  ].sort();
  const place = new Map(days.map((day, index) => [day, index]));
  const sums = new Map<string, number[]>();
  for (const row of rows) {
    const at = place.get(row.bucket?.slice(0, 10) ?? '');
    if (at === undefined) continue;
    const value = row.values[0] ?? '';
    const byDay = sums.get(value) ?? days.map(() => 0);
    sums.set(value, byDay);
    byDay[at] = (byDay[at] ?? 0) + measured(row, measure);
  }
  const sorted = [...sums]
    .map(([value, byDay]): StackSeries => ({ value, byDay, total: sum(byDay) }))
    .sort((left, right) => right.total - left.total);
  const [largest, rest] = [sorted.slice(0, most), sorted.slice(most)];
  if (rest.length === 0) return { days, series: largest };
  const byDay = days.map((_, at) => sum(rest.map((one) => one.byDay[at] ?? 0)));
  return { days, series: [...largest, { value: null, byDay, total: sum(byDay) }] };
}

function measured({ costNanoUsd, requests, tokens }: Row, measure: StackMeasure): number {
  if (measure === 'cost') return costNanoUsd;
  if (measure === 'requests') return requests;
  return sum(Object.values(tokens));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
