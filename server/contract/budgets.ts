import { z } from 'zod';
import { BudgetId, BudgetShape, budgetFields } from './budget-shape.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';
import { ForecastShape } from './spend.ts';

/** A budget and how it stands. */
export const BudgetView = BudgetShape.extend({
  /** `team:search` and `key:ci` for those that a team or key of the config file states itself. */
  id: z.string(),
  origin: z.enum(['studio', 'file']),
  /** 0 for budgets of the config file. */
  revision: z.number().int(),
  /** Whole nano-dollars; `null` while that cannot be said. */
  limitNanoUsd: z.number().int(),
  /** Team it belongs to; `null`: it counts more than one team's spend. */
  team: z.string().nullable(),
  spentNanoUsd: z.number().int().nullable(),
  /** By requests that run. */
  reservedNanoUsd: z.number().int().nullable(),
  /** ISO 8601; when the present window began and ends, `null` where it did not or does not. */
  from: z.string().nullable(),
  until: z.string().nullable(),
});
export type BudgetView = z.output<typeof BudgetView>;

export const listBudgets = defineCall({
  method: 'GET',
  path: '/api/budgets',
  needs: 'budgets.read',
  summary: 'Every budget with what is spent and reserved of it in its present window.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ budgets: z.array(BudgetView) }),
});

/** Spend of a budget's window day by day, and what is expected of the rest. */
export const readBudgetOutlook = defineCall({
  method: 'GET',
  path: '/api/budgets/:id/outlook',
  needs: 'budgets.read',
  summary: 'Spend of a budget day by day in its window, and the forecast to its end.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    /** In the budget's zone; empty where the log cannot tell its spend apart. */
    days: z.array(z.strictObject({ day: z.string(), nanoUsd: z.number().int() })).readonly(),
    forecast: ForecastShape.nullable(),
    /** Why there is no forecast; empty when there is one. */
    reason: z.string(),
  }),
});

export const writeBudget = defineCall({
  method: 'PUT',
  path: '/api/budgets/:id',
  needs: 'budgets.manage',
  summary: 'Makes or changes a budget. It is in force when this answers, what was spent before included.',
  params: z.strictObject({ id: BudgetId }),
  query: Nothing,
  body: z.strictObject({
    ...budgetFields,
    /** The revision this was made from; 0 for a new one. */
    revision: z.number().int().min(0),
  }),
  response: BudgetView,
});

export const deleteBudget = defineCall({
  method: 'DELETE',
  path: '/api/budgets/:id',
  needs: 'budgets.manage',
  summary: 'Takes a budget away. What was spent stays in the request log.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: Nothing,
});
