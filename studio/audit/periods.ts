export const periods = [
  { value: 'all', label: 'All time', hours: null },
  { value: 'day', label: 'Last 24 hours', hours: 24 },
  { value: 'week', label: 'Last 7 days', hours: 168 },
  { value: 'month', label: 'Last 30 days', hours: 720 },
] as const;
export type Period = (typeof periods)[number]['value'];

export function isPeriod(text: string): text is Period {
  return periods.some(({ value }) => value === text);
}

/** ISO 8601, to the minute, so that what is asked stays the same while somebody looks; `null`: from the beginning. */
export function sinceOf(period: Period, now: number): string | null {
  const hours = periods.find(({ value }) => value === period)?.hours ?? null;
  if (hours === null) return null;
  const minute = 60_000;
  return new Date(Math.floor(now / minute) * minute - hours * 3_600_000).toISOString();
}
