/** The windows of the spend page. */
export const periods = {
  month: 'This month',
  '7': '7 days',
  '30': '30 days',
  '90': '90 days',
} as const;
export type Period = keyof typeof periods;

export function isPeriod(text: string | null): text is Period {
  return text !== null && Object.hasOwn(periods, text);
}

/** Where days begin for whoever looks. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/**
 * A period up to now in ms since 1970, whole days of the reader's zone; the end to the minute, so that equal questions
 * have equal answers.
 */
export function windowOf(period: Period, nowMs: number): { readonly from: number; readonly to: number } {
  const start = new Date(nowMs);
  start.setHours(0, 0, 0, 0);
  if (period === 'month') start.setDate(1);
  else start.setDate(start.getDate() - Number(period) + 1);
  return { from: start.getTime(), to: Math.ceil((nowMs + 1) / 60_000) * 60_000 };
}

/** The day `2026-11-22` in the reader's zone, as a window. */
export function windowOfDay(day: string): { readonly from: number; readonly to: number } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date);
  const end = new Date(year, month - 1, date + 1);
  return { from: start.getTime(), to: end.getTime() };
}

/** The window of the same length before. */
export function windowBefore({ from, to }: { readonly from: number; readonly to: number }) {
  return { from: from - (to - from), to: from };
}
