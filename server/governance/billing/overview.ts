import { DateTime } from 'luxon';
import type { Catalogue, PriceBook } from '#engine/catalogue/index.ts';
import type { RecordLog } from '../../store/record-log.ts';
import { type UsageDimension, type UsageMeasures, usageOrigins } from '../../store/usage/usage-query.ts';
import { type Anomaly, findAnomalies } from './anomalies.ts';
import { askDays, askUsage, dayOf, daysUntil, type SpendScope, totalOf } from './ask-spend.ts';
import { type DaySpend, type Forecast, forecastDays } from './forecast.ts';
import { type Mover, topMovers } from './movers.ts';
import { findWaste, type Waste } from './waste.ts';

const dayMs = 86_400_000;
/** How far back days are looked at for what is usual. */
const usualDays = 56;
const moversBy = ['team', 'model', 'key', 'task'] as const;

export interface Overview {
  readonly total: UsageMeasures;
  readonly before: { readonly from: number; readonly to: number; readonly total: UsageMeasures };
  readonly days: readonly DaySpend[];
  readonly byOrigin: readonly { readonly origin: (typeof usageOrigins)[number]; readonly nanoUsd: number }[];
  readonly routing: { readonly classifier: number; readonly judge: number; readonly failedAttempts: number };
  readonly month: {
    readonly name: string;
    readonly spent: number;
    readonly rest: Forecast | null;
    readonly until: string;
  } | null;
  readonly anomalies: readonly Anomaly[];
  readonly movers: readonly (Mover & { readonly by: (typeof moversBy)[number] })[];
  readonly waste: Waste;
}

/** What the spend page says at a glance. */
export async function overviewOf(
  scope: SpendScope,
  {
    log,
    catalogue,
    priceBook,
    now,
  }: {
    readonly log: Pick<RecordLog, 'usage'>;
    readonly catalogue: Catalogue;
    readonly priceBook: PriceBook;
    readonly now: number;
  },
): Promise<Overview> {
  const before = { ...scope, from: scope.from - (scope.to - scope.from), to: scope.from };
  const byPurpose = await askUsage(log, scope, { by: ['purpose', 'origin'] });
  const costOf = (place: number, value: string) =>
    totalOf(byPurpose.filter(({ values }) => values[place] === value)).costNanoUsd;
  const history = await askDays(log, { ...scope, from: scope.from - usualDays * dayMs });
  const days = await askDays(log, scope);
  return {
    total: totalOf(byPurpose),
    before: { from: before.from, to: before.to, total: totalOf(await askUsage(log, before)) },
    days,
    byOrigin: usageOrigins
      .map((origin) => ({ origin, nanoUsd: costOf(1, origin) }))
      .filter(({ nanoUsd }) => nanoUsd > 0),
    routing: {
      classifier: costOf(0, 'classifier'),
      judge: costOf(0, 'judge'),
      failedAttempts: costOf(0, 'failed_attempt'),
    },
    month: await monthOf(scope, log, now),
    anomalies: unusualDays(history, days, scope, now),
    movers: await moversOf(before, scope, log),
    waste: await wasteOf(scope, log, { catalogue, priceBook }),
  };
}

/** Today is not over, and what came before the log began is no day without spend. */
function unusualDays(
  history: readonly DaySpend[],
  days: readonly DaySpend[],
  { zone }: SpendScope,
  now: number,
): readonly Anomaly[] {
  const shown = new Set(days.map(({ day }) => day));
  return findAnomalies(wholeDays(history, dayOf(now, zone))).filter(({ day }) => shown.has(day));
}

/** Days that are whole: from the one after the first with spend, which began somewhere in it, to the last that is over. */
export function wholeDays(days: readonly DaySpend[], today: string): readonly DaySpend[] {
  const first = days.findIndex(({ nanoUsd }) => nanoUsd > 0);
  return first < 0 ? [] : days.slice(first + 1).filter(({ day }) => day < today);
}

async function monthOf(
  scope: SpendScope,
  log: Pick<RecordLog, 'usage'>,
  now: number,
): Promise<Overview['month']> {
  if (scope.to < now - dayMs) return null;
  const start = DateTime.fromMillis(now, { zone: scope.zone }).startOf('month');
  const end = start.plus({ months: 1 });
  const month = { ...scope, from: start.toMillis(), to: end.toMillis() };
  const spent = totalOf(await askUsage(log, month)).costNanoUsd;
  const rest = await forecastUntil(scope, log, now, end.toMillis());
  return { name: start.toFormat('LLLL yyyy'), spent, rest, until: end.toISO() ?? '' };
}

/** What a scope will cost from now until a moment: the rest of today by the hour, and the days after it. */
export async function forecastUntil(
  scope: SpendScope,
  log: Pick<RecordLog, 'usage'>,
  now: number,
  until: number,
): Promise<Forecast | null> {
  const today = dayOf(now, scope.zone);
  const history = await askDays(log, { ...scope, from: now - usualDays * dayMs, to: now + 1 });
  const ahead = [today, ...daysUntil(today, until, scope.zone)];
  const forecast = forecastDays(wholeDays(history, today), ahead);
  if (forecast === null) return null;
  const spentToday = history.findLast(({ day }) => day === today)?.nanoUsd ?? 0;
  return withoutSpent(forecast, { day: today, nanoUsd: spentToday });
}

/** Takes off what of the first day is spent already: what is left of it is never less than nothing. */
function withoutSpent(forecast: Forecast, today: DaySpend): Forecast {
  const [first] = forecast.byDay;
  if (first === undefined) return forecast;
  const gone = Math.min(first.nanoUsd, today.nanoUsd);
  return {
    ...forecast,
    expected: forecast.expected - gone,
    low: Math.max(0, forecast.low - today.nanoUsd),
    high: Math.max(forecast.expected - gone, forecast.high - today.nanoUsd),
  };
}

async function moversOf(
  before: SpendScope,
  after: SpendScope,
  log: Pick<RecordLog, 'usage'>,
): Promise<Overview['movers']> {
  const of = async (scope: SpendScope, by: UsageDimension) =>
    (await askUsage(log, scope, { by: [by] })).map(({ values, costNanoUsd }) => ({
      value: values[0] ?? '',
      nanoUsd: costNanoUsd,
    }));
  const movers: (Mover & { readonly by: (typeof moversBy)[number] })[] = [];
  for (const by of moversBy) {
    const found = topMovers(await of(before, by), await of(after, by), 5);
    movers.push(...found.map((mover) => ({ by, ...mover })));
  }
  return movers;
}

async function wasteOf(
  scope: SpendScope,
  log: Pick<RecordLog, 'usage'>,
  known: { readonly catalogue: Catalogue; readonly priceBook: PriceBook },
): Promise<Waste> {
  const answers = await askUsage(
    log,
    { ...scope, only: { ...scope.only, purpose: ['answer'] } },
    { by: ['task', 'model', 'difficulty'] },
  );
  const easy = answers.filter(({ values }) => values[2] === 'easy');
  const models = [...new Set(answers.map(({ values }) => values[1] ?? ''))];
  return findWaste(easy, { models, ...known, at: scope.to });
}
