import { DateTime } from 'luxon';
import type { Budget, WindowLength } from './budget.ts';

/** Where in time a spend belongs: the slice it is written to, and the slices that make up the present window. */
export interface WindowSlices {
  /** Name of the slice of `at`. */
  readonly slice: string;
  /** All slices of the window that `at` lies in, the present one included. */
  readonly counted: readonly string[];
  /** ms since 1970: what was spent before is not counted; `null` for a budget without a window. */
  readonly from: number | null;
  /** ms since 1970: when a calendar window ends; `null` where it moves along or never ends. */
  readonly until: number | null;
  /** Length of a slice, ms; `null` where the whole window is one. */
  readonly sliceMs: number | null;
}

/** A rolling window is counted in so many slices; it is at most one slice longer than it says. */
const rollingSlices = 60;
const day = 86_400_000;
/** Rolling lengths, ms; a month counts 30 days, a quarter 90, a year 365. */
const rollingMs: Readonly<Record<Exclude<WindowLength, 'total'>, number>> = {
  hour: 3_600_000,
  day,
  week: 7 * day,
  month: 30 * day,
  quarter: 90 * day,
  year: 365 * day,
};

/** The window of a budget at a moment (ms since 1970). */
export function slicesOf(
  { window, kind, zone }: Pick<Budget, 'window' | 'kind' | 'zone'>,
  at: number,
): WindowSlices {
  if (window === 'total')
    return { slice: 'total', counted: ['total'], from: null, until: null, sliceMs: null };
  if (kind === 'rolling') return rolling(rollingMs[window], at);
  const start = DateTime.fromMillis(at, { zone }).startOf(window);
  const slice = String(start.toMillis());
  const until = start.plus({ [window]: 1 }).toMillis();
  return { slice, counted: [slice], from: start.toMillis(), until, sliceMs: null };
}

function rolling(length: number, at: number): WindowSlices {
  const size = length / rollingSlices;
  const present = Math.floor(at / size);
  const counted: string[] = [];
  for (let index = present - rollingSlices; index <= present; index += 1) counted.push(String(index * size));
  const from = (present - rollingSlices) * size;
  return { slice: String(present * size), counted, from, until: null, sliceMs: size };
}
