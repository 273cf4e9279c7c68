import type { ConfigFile } from '../../config/config.ts';
import type { ConfigStore } from '../../store/config-store.ts';
import type { RecordLog } from '../../store/record-log.ts';
import { type Anomaly, isOutlier, scoreOf } from '../billing/anomalies.ts';
import { askDays, dayOf } from '../billing/ask-spend.ts';
import { spendOf } from '../billing/outlook.ts';
import { forecastUntil, wholeDays } from '../billing/overview.ts';
import type { Budget } from '../budgets/budget.ts';
import type { Governance } from '../governance.ts';
import { budgetsOf } from '../make-governance.ts';
import type { WatchedBudget } from './due-alerts.ts';

/** What alerts look at. */
export interface Watch {
  /** Every budget that anybody can say something of, with its forecast when that is asked for. */
  budgets(withForecast: boolean): Promise<readonly WatchedBudget[]>;
  /** Yesterday and today, as far as they are unusual; today only where it is already too much. */
  anomalies(team: string | null): Promise<readonly Anomaly[]>;
}

const dayMs = 86_400_000;
/** Forecasts and unusual days need the log; they are looked at this often. */
const slowEveryMs = 5 * 60_000;

export function makeWatch(parts: {
  readonly governance: Pick<Governance, 'standingOf'>;
  readonly store: Pick<ConfigStore, 'read'>;
  readonly file: ConfigFile;
  readonly log: Pick<RecordLog, 'usage' | 'flush'>;
  readonly clock: () => number;
}): Watch {
  const { governance, store, file, log, clock } = parts;
  const expected = makeMemo<number | null>(clock);
  const unusual = makeMemo<readonly Anomaly[]>(clock);
  return {
    budgets: async (withForecast) => {
      const watched: WatchedBudget[] = [];
      for (const budget of budgetsOf(store.read(), file)) {
        const standing = await governance.standingOf(budget.id, clock());
        if (standing === undefined) continue;
        const { spent, from, until } = standing;
        const team = teamOfBudget(budget, [...store.read().keys, ...file.keys]);
        const rest = withForecast
          ? await expected(JSON.stringify([budget, from]), () => restOf(budget, until, log, clock()))
          : null;
        watched.push({ budget, team, spent, from, until, expected: rest === null ? null : spent + rest });
      }
      return watched;
    },
    anomalies: (team) => unusual(String(team), () => unusualNow(team, log, clock())),
  };
}

/** What a budget's window will cost from now to its end; `null` where it has none, or too few days are known. */
export async function restOf(
  budget: Budget,
  until: number | null,
  log: Pick<RecordLog, 'usage' | 'flush'>,
  now: number,
): Promise<number | null> {
  const scope = spendOf(budget);
  if (scope === null || until === null || budget.kind === 'rolling' || until - now < 3_600_000) return null;
  await log.flush();
  return (await forecastUntil({ ...scope, from: 0, to: now + 1 }, log, now, until))?.expected ?? null;
}

/** The team whose budget it is; `null` where it counts more than one team's spend. */
export function teamOfBudget(
  { scope }: Pick<Budget, 'scope'>,
  keys: readonly { readonly id: string; readonly team: string }[],
): string | null {
  if (scope.kind === 'team') return scope.id;
  if (scope.kind === 'project') return scope.team;
  if (scope.kind === 'key') return keys.find(({ id }) => id === scope.id)?.team ?? null;
  return null;
}

async function unusualNow(
  team: string | null,
  log: Pick<RecordLog, 'usage' | 'flush'>,
  now: number,
): Promise<readonly Anomaly[]> {
  await log.flush();
  const only = { origin: ['real', 'sandbox'], ...(team === null ? {} : { team: [team] }) };
  const scope = { from: now - 57 * dayMs, to: now + 1, zone: 'UTC', only, teams: null };
  const today = dayOf(now, 'UTC');
  const days = await askDays(log, scope);
  const whole = wholeDays(days, today);
  const yesterday = whole.at(-1);
  const present = days.find(({ day }) => day === today);
  const found = [
    yesterday === undefined ? null : scoreOf(yesterday, whole.slice(0, -1)),
    present === undefined ? null : scoreOf(present, whole),
  ];
  return found.filter(
    (one): one is Anomaly => one !== null && isOutlier(one) && (one.day !== today || one.score > 0),
  );
}

/** Answers of some minutes ago, by name. */
function makeMemo<T>(clock: () => number): (name: string, work: () => Promise<T>) => Promise<T> {
  const known = new Map<string, { readonly at: number; readonly value: T }>();
  return async (name, work) => {
    const found = known.get(name);
    if (found !== undefined && clock() - found.at < slowEveryMs) return found.value;
    const value = await work();
    known.set(name, { at: clock(), value });
    return value;
  };
}
