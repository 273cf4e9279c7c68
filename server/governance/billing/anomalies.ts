import type { DaySpend } from './forecast.ts';

/** A day that cost unusually much or little. */
export interface Anomaly {
  readonly day: string;
  readonly nanoUsd: number;
  /** What such a day usually costs: the median it is compared with. */
  readonly usual: number;
  /** Modified z-score; its sign says the direction. */
  readonly score: number;
  /** The same weekday, or working days or weekends where too few of these are known. */
  readonly comparedWith: 'weekday' | 'kind';
}

/** Modified z-scores beyond this are outliers: Iglewicz and Hoaglin's recommendation. */
export const outlierScore = 3.5;
/** Deviations below this share of the usual are nobody's worry, however steady the days are. */
const leastShare = 0.2;
const fewestSame = 4;
const fewestDays = 7;
const lookBackDays = 56;

/**
 * Days whose spend is an outlier among those before them: the modified z-score `0.6745 · (x − median) / MAD`, MAD being
 * the median of absolute deviations; where it is 0, the mean absolute deviation times 1.2533 stands for it
 * (B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers, ASQC 1993; NIST/SEMATECH e-Handbook, 1.3.5.17). A
 * day is compared with the same weekday of the eight weeks before; while there are fewer than four of these, with working
 * days or weekends alike; with fewer than four of these, too, or seven days in all, nothing is said.
 */
export function findAnomalies(days: readonly DaySpend[]): readonly Anomaly[] {
  return days.flatMap((day, index) => {
    const before = days.slice(Math.max(0, index - lookBackDays), index);
    const found = scoreOf(day, before);
    return found !== null && isOutlier(found) ? [found] : [];
  });
}

/** How unusual a day is among those before it; `null` where these say too little. */
export function scoreOf(day: DaySpend, before: readonly DaySpend[]): Anomaly | null {
  if (before.length < fewestDays) return null;
  const weekday = (name: string) => new Date(`${name}T00:00:00Z`).getUTCDay();
  const same = before.filter((one) => weekday(one.day) === weekday(day.day));
  const isWeekend = (name: string) => weekday(name) % 6 === 0;
  const alike = before.filter((one) => isWeekend(one.day) === isWeekend(day.day));
  const compared = same.length >= fewestSame ? same : alike;
  if (compared.length < fewestSame) return null;
  const values = compared.map(({ nanoUsd }) => nanoUsd);
  const usual = median(values);
  const deviations = values.map((value) => Math.abs(value - usual));
  const mad = median(deviations) / 0.6745;
  const mean = (deviations.reduce((sum, one) => sum + one, 0) / deviations.length) * 1.2533;
  const scale = mad > 0 ? mad : mean;
  const away = day.nanoUsd - usual;
  const score = scale > 0 ? away / scale : away === 0 ? 0 : Math.sign(away) * Number.MAX_SAFE_INTEGER;
  return {
    ...day,
    usual: Math.round(usual),
    score,
    comparedWith: compared === same ? 'weekday' : 'kind',
  };
}

export function isOutlier({ score, usual, nanoUsd }: Anomaly): boolean {
  return Math.abs(score) > outlierScore && Math.abs(nanoUsd - usual) >= leastShare * usual;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
