import { DateTime } from 'luxon';
import type { UsageGrain, ZoneOffset } from './usage-query.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The offsets of an IANA zone over a window: one, and one more for every change of the clocks in it, to the hour. */
export function zoneOffsets(zone: string, from: number, to: number): readonly ZoneOffset[] {
  const offsetAt = (at: number) => DateTime.fromMillis(at, { zone }).offset * 60_000;
  const found: ZoneOffset[] = [{ from, offsetMs: offsetAt(from) }];
  for (let day = from; day < to; day += dayMs) {
    const end = Math.min(day + dayMs, to);
    if (offsetAt(end) === found.at(-1)?.offsetMs) continue;
    for (let hour = Math.ceil(day / hourMs) * hourMs; hour <= end; hour += hourMs) {
      const offsetMs = offsetAt(hour);
      if (offsetMs !== found.at(-1)?.offsetMs) found.push({ from: hour, offsetMs });
    }
  }
  return found;
}

/** The number of the bucket a moment falls into: hours since 1970, or local days since 1970 of the bucket's first day. */
export function bucketNumber(at: number, grain: UsageGrain, offsets: readonly ZoneOffset[]): number {
  if (grain === 'hour') return Math.floor(at / hourMs);
  const offset = offsets.findLast(({ from }) => from <= at) ?? offsets[0];
  const day = Math.floor((at + (offset?.offsetMs ?? 0)) / dayMs);
  if (grain === 'day') return day;
  // 1970-01-01 was a Thursday.
  if (grain === 'week') return Math.floor((day + 3) / 7) * 7 - 3;
  const date = new Date(day * dayMs);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / dayMs;
}

/** A bucket's number as people and programs read it. */
export function bucketName(number: number, grain: UsageGrain): string {
  if (grain === 'hour') return `${new Date(number * hourMs).toISOString().slice(0, 16)}Z`;
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** Names of all buckets of a window in order, also those in which nothing was spent. */
export function bucketNames(
  window: { readonly from: number; readonly to: number },
  grain: UsageGrain,
  offsets: readonly ZoneOffset[],
): readonly string[] {
  const step = grain === 'hour' ? hourMs : 12 * hourMs;
  const names: string[] = [];
  const take = (at: number) => {
    const name = bucketName(bucketNumber(at, grain, offsets), grain);
    if (names.at(-1) !== name) names.push(name);
  };
  for (let at = window.from; at < window.to; at += step) take(at);
  if (window.to > window.from) take(window.to - 1);
  return names;
}
