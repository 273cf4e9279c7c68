import type { RecordLog } from '../../store/record-log.ts';
import type { Budget } from '../budgets/budget.ts';
import { askDays, type SpendScope } from './ask-spend.ts';
import type { DaySpend, Forecast } from './forecast.ts';
import { forecastUntil } from './overview.ts';

/** A budget's window: spent day by day, and what is expected of the rest. */
export interface Outlook {
  readonly days: readonly DaySpend[];
  readonly forecast: Forecast | null;
  /** Why there is none; empty when there is. */
  readonly reason: string;
}

/** Windows without a beginning are shown for so many days. */
const shownDays = 90;

export async function outlookOf(
  budget: Budget,
  window: { readonly from: number | null; readonly until: number | null },
  log: Pick<RecordLog, 'usage'>,
  now: number,
): Promise<Outlook> {
  const counted = spendOf(budget);
  if (counted === null)
    return { days: [], forecast: null, reason: 'It counts a pattern of models that the log is not cut by.' };
  const scope = { ...counted, from: window.from ?? now - shownDays * 86_400_000, to: now + 1 };
  const days = await askDays(log, scope);
  if (window.until === null)
    return {
      days,
      forecast: null,
      reason: 'Its window has no end: what was spent long ago leaves it again.',
    };
  const forecast = await forecastUntil(scope, log, now, window.until);
  const reason = forecast === null ? 'Three whole days of spend are needed for a forecast.' : '';
  return { days, forecast, reason };
}

/** The spend that a budget counts; `null` for patterns of models that no filter says. */
export function spendOf({ scope, zone }: Budget): Omit<SpendScope, 'from' | 'to'> | null {
  const only = onlyOf(scope);
  // The generated sample is nobody's spend.
  return only === null ? null : { zone, teams: null, only: { ...only, origin: ['real', 'sandbox'] } };
}

function onlyOf(scope: Budget['scope']): SpendScope['only'] | null {
  switch (scope.kind) {
    case 'organisation':
      return {};
    case 'project':
      return { team: [scope.team], project: [scope.id] };
    case 'model': {
      if (!scope.id.includes('*')) return { model: [scope.id] };
      const provider = /^([^/*]+)\/\*$/.exec(scope.id)?.[1];
      return provider === undefined ? null : { provider: [provider] };
    }
    default:
      return { [scope.kind]: [scope.id] };
  }
}
