/** One past day: how much was spent, whole nano-dollars. */
export interface DaySpend {
  /** `2026-11-22`. */
  readonly day: string;
  readonly nanoUsd: number;
}

/** What the rest of a window will cost, with 80 % bounds, whole nano-dollars. `method` says it in a sentence. */
export interface Forecast {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly byDay: readonly (DaySpend & { readonly low: number; readonly high: number })[];
  readonly method: string;
}

/** Fewer whole days than this say too little: no forecast is made of them. */
export const fewestDays = 3;
const mostDays = 56;
/** From so many days on weekdays are told apart. */
const weekdayDays = 14;
/** Newer weeks weigh more: half after so many days. */
const halfLifeDays = 21;
/** Two-sided 80 % of the normal distribution. */
const z80 = 1.2816;

/**
 * Forecasts days from whole days before them. With two weeks or more: the level (mean of the days, recent ones weighing
 * more, half after 21 days) times a factor for the weekday (its mean over the level, drawn towards 1 by two pretended
 * days); with 3–13 days: the mean. Bounds: ± 1.28 standard deviations of what the method would have missed each past day
 * by (in sample), growing with the root of the number of days ahead, plus the uncertainty of the level itself, which all
 * days share: for few days n it is wide, by Student's correction (n − 1) / (n − 3). `null` with fewer than 3 days.
 */
export function forecastDays(history: readonly DaySpend[], ahead: readonly string[]): Forecast | null {
  const days = history.slice(-mostDays);
  if (days.length < fewestDays) return null;
  const weights = days.map((_, index) => 0.5 ** ((days.length - 1 - index) / halfLifeDays));
  const level = weightedMean(
    days.map(({ nanoUsd }) => nanoUsd),
    weights,
  );
  const factors = days.length >= weekdayDays ? weekdayFactors(days, level) : null;
  const fitted = (day: string) => level * (factors?.[weekdayOf(day)] ?? 1);
  const deviation = spread(
    days.map(({ day, nanoUsd }) => nanoUsd - fitted(day)),
    days.length,
  );
  const byDay = ahead.map((day) => ({ day, ...around(fitted(day), z80 * deviation) }));
  const expected = byDay.reduce((sum, { nanoUsd }) => sum + nanoUsd, 0);
  const n = ahead.length;
  // Independent misses of n days, and the shared miss of the level, estimated from `days.length` of them.
  const half = z80 * deviation * Math.sqrt(n + (n * n) / days.length);
  return {
    expected,
    low: Math.max(0, Math.round(expected - half)),
    high: Math.round(expected + half),
    byDay,
    method:
      factors === null
        ? `Mean of the last ${days.length} days, every weekday alike: two weeks are needed to tell weekdays apart. Bounds hold 8 of 10 times if days go on varying as they did.`
        : `Recent daily spend (${days.length} days, newer ones weighing more) times the usual share of each weekday. Bounds hold 8 of 10 times if days go on varying as they did.`,
  };
}

function around(
  value: number,
  half: number,
): { readonly nanoUsd: number; readonly low: number; readonly high: number } {
  return {
    nanoUsd: Math.round(value),
    low: Math.max(0, Math.round(value - half)),
    high: Math.round(value + half),
  };
}

function weekdayFactors(days: readonly DaySpend[], level: number): readonly number[] {
  return Array.from({ length: 7 }, (_, weekday) => {
    const own = days.filter(({ day }) => weekdayOf(day) === weekday);
    const sum = own.reduce((total, { nanoUsd }) => total + nanoUsd, 0);
    return level === 0 ? 1 : (sum / level + 2) / (own.length + 2);
  });
}

function spread(misses: readonly number[], count: number): number {
  const variance = misses.reduce((sum, miss) => sum + miss * miss, 0) / Math.max(1, count - 1);
  const student = count > 3 ? (count - 1) / (count - 3) : 3;
  return Math.sqrt(variance * student);
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return values.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0) / sum;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}
