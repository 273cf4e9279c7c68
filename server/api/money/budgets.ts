import { type BudgetView, type calls, mayIn, type Principal, teamsWhere } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { teamOfBudget } from '../../governance/alerts/watch.ts';
import { outlookOf } from '../../governance/billing/outlook.ts';
import type { Budget } from '../../governance/budgets/budget.ts';
import { budgetFrom, writeBudgetShape } from '../../governance/budgets/read-budget.ts';
import { budgetsOf } from '../../governance/make-governance.ts';
import type { StoredBudget } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';

export const listBudgets: Handler<typeof calls.listBudgets> = async ({ principal }, installation) => {
  const { store, config } = installation;
  const teams = teamsWhere(principal, 'budgets.read');
  const budgets = budgetsOf(store.read(), config.file).filter((budget) => {
    const team = teamOf(budget, installation);
    return teams === null || (team !== null && teams.has(team));
  });
  return { budgets: await Promise.all(budgets.map((budget) => describeBudget(budget, installation))) };
};

export const writeBudget: Handler<typeof calls.writeBudget> = async (
  { params: { id }, body: { revision, ...fields }, actor, principal },
  installation,
) => {
  const { store, governance, clock } = installation;
  refuseFileBudget(id, installation);
  const budget = { id, ...fields };
  requireMay(principal, 'budgets.manage', budgetFrom(budget), installation);
  const before = findStored(id, installation)?.budget ?? null;
  if (before !== null) requireMay(principal, 'budgets.manage', budgetFrom(before), installation);
  await store.update({ actor, action: 'budget.write', subject: id, before, after: budget }, (state) => {
    const there = state.budgets.find((one) => one.budget.id === id);
    requireRevision(there, revision, id);
    const updatedAt = new Date(clock()).toISOString();
    const written: StoredBudget = { budget, revision: revision + 1, updatedAt, updatedBy: actor };
    return { ...state, budgets: [...state.budgets.filter((one) => one !== there), written] };
  });
  await governance.ready();
  const made = budgetsOf(store.read(), installation.config.file).find((one) => one.id === id);
  if (made === undefined)
    throw new ApiFailure(404, 'budget_missing', `Budget "${id}" was deleted meanwhile.`);
  return describeBudget(made, installation);
};

export const deleteBudget: Handler<typeof calls.deleteBudget> = async (
  { params: { id }, actor, principal },
  installation,
) => {
  refuseFileBudget(id, installation);
  const before = findStored(id, installation)?.budget;
  if (before === undefined) throw new ApiFailure(404, 'budget_missing', `There is no budget "${id}".`);
  requireMay(principal, 'budgets.manage', budgetFrom(before), installation);
  await installation.store.update(
    { actor, action: 'budget.delete', subject: id, before, after: null },
    (state) => ({ ...state, budgets: state.budgets.filter((one) => one.budget.id !== id) }),
  );
  return {};
};

export const readBudgetOutlook: Handler<typeof calls.readBudgetOutlook> = async (
  { params: { id }, principal },
  installation,
) => {
  const { store, config, governance, log, clock } = installation;
  const budget = budgetsOf(store.read(), config.file).find((one) => one.id === id);
  if (budget === undefined) throw new ApiFailure(404, 'budget_missing', `There is no budget "${id}".`);
  requireMay(principal, 'budgets.read', budget, installation);
  const standing = await governance.standingOf(id, clock());
  await log.flush();
  return outlookOf(budget, { from: standing?.from ?? null, until: standing?.until ?? null }, log, clock());
};

/** The team whose budget it is; `null`: nobody's alone. */
function teamOf(budget: Pick<Budget, 'scope'>, { store, config }: Installation): string | null {
  return teamOfBudget(budget, [...store.read().keys, ...config.file.keys]);
}

/** @throws {ApiFailure} `not_permitted`. */
function requireMay(
  principal: Principal,
  permission: 'budgets.read' | 'budgets.manage',
  budget: Budget,
  installation: Installation,
): void {
  const team = teamOf(budget, installation);
  if (mayIn(principal, permission, team)) return;
  const where = team === null ? 'the whole organisation' : `team ${team}`;
  throw new ApiFailure(
    403,
    'not_permitted',
    `Budget "${budget.id}" is about ${where}, where your roles do not have ${permission}.`,
  );
}

function findStored(id: string, { store }: Installation): StoredBudget | undefined {
  return store.read().budgets.find(({ budget }) => budget.id === id);
}

function requireRevision(there: StoredBudget | undefined, revision: number, id: string): void {
  const now = there?.revision ?? 0;
  if (now === revision) return;
  const message =
    now === 0
      ? `There is no budget "${id}" yet: write it with revision 0.`
      : `Somebody saved the budget "${id}" in the meantime: it is at revision ${now} now, and this was made from ${revision}.`;
  throw new ApiFailure(409, 'revision_conflict', message, { revision: now });
}

/** @throws {ApiFailure} `managed_by_file`. */
function refuseFileBudget(id: string, { config }: Installation): void {
  if (!(config.file.budgets ?? []).some((one) => one.id === id)) return;
  throw new ApiFailure(409, 'managed_by_file', `Budget "${id}" comes from the config file; change it there.`);
}

async function describeBudget(budget: Budget, installation: Installation): Promise<BudgetView> {
  const { governance, clock, config } = installation;
  const fromFile = (config.file.budgets ?? []).includes(budget);
  const standing = await governance.standingOf(budget.id, clock());
  return {
    ...writeBudgetShape(budget),
    origin: fromFile ? 'file' : 'studio',
    revision: fromFile ? 0 : (findStored(budget.id, installation)?.revision ?? 0),
    limitNanoUsd: budget.limit,
    team: teamOf(budget, installation),
    spentNanoUsd: standing?.spent ?? null,
    reservedNanoUsd: standing?.reserved ?? null,
    from: isoOf(standing?.from ?? null),
    until: isoOf(standing?.until ?? null),
  };
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
