import { z } from 'zod';
import { LimitWindow, limitWindows } from '../../nodes/index.ts';
import type { SignalName } from '../../signals/index.ts';
import { codedOf, type RecordColumns } from '../columns.ts';

/** Money that may be spent in a window (UTC), by all or by each value of one kind, or by the one that `id` names. */
export const SimulatedBudget = z.strictObject({
  per: z.enum(['organisation', 'team', 'project', 'key', 'user']),
  id: z.string().min(1).optional(),
  limit_usd: z.number().positive(),
  window: z.enum(limitWindows),
  /** `hard` refuses what would pass the limit; `soft` is only told to the policy, as `budget.used`. */
  enforcement: z.enum(['hard', 'soft']).default('hard'),
});
export type SimulatedBudget = z.output<typeof SimulatedBudget>;

const signalOf: Readonly<Record<Exclude<SimulatedBudget['per'], 'organisation'>, SignalName>> = {
  team: 'caller.team',
  project: 'caller.project',
  key: 'caller.key',
  user: 'caller.user',
};

/** What the budgets of a replayed world have left. */
export interface BudgetBook {
  /** Used share of the tightest that a row falls under; 0 where there is none. */
  readonly used: (row: number, at: number) => number;
  /** Whether a hard one has no room for so many dollars more. */
  readonly refuses: (row: number, at: number, usd: number) => boolean;
  readonly spend: (row: number, at: number, usd: number) => void;
}

export function openBudgets(budgets: readonly SimulatedBudget[], columns: RecordColumns): BudgetBook {
  const accounts = budgets.map((budget) => ({
    budget,
    window: new LimitWindow(budget.window),
    keyAt: keysOf(budget, columns),
  }));
  const of = (row: number) =>
    accounts.flatMap(({ keyAt, ...account }) => {
      const key = keyAt(row);
      return key === undefined ? [] : [{ ...account, key }];
    });
  return {
    used: (row, at) =>
      of(row).reduce(
        (most, { budget, window, key }) => Math.max(most, window.used(key, at) / nanoOf(budget.limit_usd)),
        0,
      ),
    refuses: (row, at, usd) =>
      of(row).some(
        ({ budget, window, key }) =>
          budget.enforcement === 'hard' && window.used(key, at) + nanoOf(usd) > nanoOf(budget.limit_usd),
      ),
    spend: (row, at, usd) => {
      for (const { window, key } of of(row)) window.take(key, nanoOf(usd), at);
    },
  };
}

/** Whole nano-dollars, whose sums are exact: what just fits is not refused. */
function nanoOf(usd: number): number {
  return Math.round(usd * 1e9);
}

function keysOf({ per, id }: SimulatedBudget, columns: RecordColumns): (row: number) => string | undefined {
  if (per === 'organisation') return () => '';
  const { codes, dictionary } = codedOf(columns.column(signalOf[per]), columns.length);
  return (row) => {
    const key = dictionary[codes[row] ?? 0];
    return typeof key === 'string' && (id === undefined || id === key) ? key : undefined;
  };
}
