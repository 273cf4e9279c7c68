import { DateTime } from 'luxon';
import { type Principal, teamsWhere } from '../../contract/index.ts';
import type { RecordLog } from '../../store/record-log.ts';
import { bucketNames, zoneOffsets } from '../../store/usage/usage-buckets.ts';
import {
  addMeasures,
  noMeasures,
  type UsageDimension,
  type UsageGrain,
  type UsageMeasures,
  type UsageQuery,
  type UsageRow,
  usageDimensions,
} from '../../store/usage/usage-query.ts';
import type { DaySpend } from './forecast.ts';

const defaultSpanMs = 30 * 86_400_000;

/** What spend calls have in common: a window, a zone, values that requests must have, and who may see what. */
export interface SpendScope {
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  readonly only: UsageQuery['only'];
  readonly teams: readonly string[] | null;
}

/** A call's query as a scope: the last 30 days unless told, cut to the teams whose spend the principal may see. */
export function scopeOf(
  query: { readonly from?: number | undefined; readonly to?: number | undefined; readonly zone: string } & {
    readonly [D in UsageDimension]?: string | undefined;
  },
  principal: Principal,
  now: number,
): SpendScope {
  const to = query.to ?? now + 1;
  const from = query.from ?? to - defaultSpanMs;
  const only = usageDimensions.flatMap((name) => {
    const value = query[name];
    return value === undefined ? [] : [[name, [value]] as const];
  });
  const teams = teamsWhere(principal, 'spend.read');
  return {
    from,
    to,
    zone: query.zone,
    only: Object.fromEntries(only),
    teams: teams === null ? null : [...teams],
  };
}

/** Spend within a scope, cut as told. */
export function askUsage(
  log: Pick<RecordLog, 'usage'>,
  { from, to, zone, only, teams }: SpendScope,
  cut: { readonly by?: readonly UsageDimension[]; readonly grain?: UsageGrain | null } = {},
): Promise<readonly UsageRow[]> {
  const { by = [], grain = null } = cut;
  return log.usage({ from, to, by, grain, offsets: zoneOffsets(zone, from, to), only, teams });
}

export function totalOf(rows: readonly UsageMeasures[]): UsageMeasures {
  return addMeasures(noMeasures, rows.reduce(addMeasures, noMeasures));
}

/** Spend by day, also of days without any. */
export async function askDays(
  log: Pick<RecordLog, 'usage'>,
  scope: SpendScope,
): Promise<readonly DaySpend[]> {
  const rows = await askUsage(log, scope, { grain: 'day' });
  const costs = new Map(rows.map(({ bucket, costNanoUsd }) => [bucket, costNanoUsd]));
  return bucketNames(scope, 'day', zoneOffsets(scope.zone, scope.from, scope.to)).map((day) => ({
    day,
    nanoUsd: costs.get(day) ?? 0,
  }));
}

/** The local day of a moment, `2026-11-22`. */
export function dayOf(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toISODate() ?? '';
}

/** Names of the days from the one after `day` up to a moment, exclusive. */
export function daysUntil(day: string, until: number, zone: string): readonly string[] {
  const days: string[] = [];
  let next = DateTime.fromISO(day, { zone }).plus({ days: 1 });
  while (next.toMillis() < until) {
    days.push(next.toISODate() ?? '');
    next = next.plus({ days: 1 });
  }
  return days;
}
