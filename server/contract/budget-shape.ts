import { z } from 'zod';
import { isZone } from './time-zone.ts';

export const windowLengths = ['hour', 'day', 'week', 'month', 'quarter', 'year', 'total'] as const;

const Usd = z
  .number()
  .min(0, 'must be 0 or more')
  .max(9_000_000, 'must be at most 9000000: sums are kept exact to the nano-dollar');
const Window = z.enum(windowLengths);
const Zone = z.string().refine(isZone, 'must be a time zone such as Europe/Berlin or UTC');
const Name = z.string().min(1, 'must not be empty').max(200);

/** What a budget is for, as people write it: one of these, `{ "team": "search" }`. */
export const BudgetScopeShape = z.union(
  [
    z.strictObject({ organisation: z.literal(true) }),
    z.strictObject({ team: Name }),
    z.strictObject({ team: Name, project: Name }),
    z.strictObject({ key: Name }),
    z.strictObject({ tag: Name }),
    z.strictObject({ model: Name }),
  ],
  'must be one of { "organisation": true }, { "team": id }, { "team": id, "project": id }, { "key": id }, { "tag": name }, { "model": target or pattern }',
);
export type BudgetScopeShape = z.output<typeof BudgetScopeShape>;

/** All that a budget says beside its id; what is left out is hard, by the calendar, in UTC. */
export const budgetFields = {
  scope: BudgetScopeShape,
  usd: Usd,
  window: Window,
  kind: z.enum(['calendar', 'rolling']).default('calendar'),
  zone: Zone.default('UTC'),
  enforcement: z.enum(['hard', 'soft']).default('hard'),
  when_store_down: z.enum(['refuse', 'allow']).default('refuse'),
} as const;

export const BudgetId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be a lower-case letter, then letters, digits, - or _');

/** A budget in the config file's `budgets`, in the store and in the API. */
export const BudgetShape = z.strictObject({ id: BudgetId, ...budgetFields });
export type BudgetShape = z.output<typeof BudgetShape>;

/** The budget of a team or key where it stands with them: always hard, by the calendar, in UTC. */
export const ShortBudgetShape = z.strictObject({ usd: Usd, window: Window });
export type ShortBudgetShape = z.output<typeof ShortBudgetShape>;
