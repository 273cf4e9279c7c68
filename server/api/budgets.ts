import type { BudgetView, calls } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import type { Budget } from '../governance/budgets/budget.ts';
import { writeBudgetShape } from '../governance/budgets/read-budget.ts';
import { budgetsOf } from '../governance/make-governance.ts';
import type { StoredBudget } from '../store/config-store.ts';
import type { Handler } from './handler.ts';
import type { Installation } from './installation.ts';

export const listBudgets: Handler<typeof calls.listBudgets> = async (_, installation) => {
  const { store, config } = installation;
  const budgets = budgetsOf(store.read(), config.file);
  return { budgets: await Promise.all(budgets.map((budget) => describeBudget(budget, installation))) };
};

export const writeBudget: Handler<typeof calls.writeBudget> = async (
  { params: { id }, body: { revision, ...fields }, actor },
  installation,
) => {
  const { store, governance, clock } = installation;
  refuseFileBudget(id, installation);
  const budget = { id, ...fields };
  const before = findStored(id, installation)?.budget ?? null;
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
  { params: { id }, actor },
  installation,
) => {
  refuseFileBudget(id, installation);
  const before = findStored(id, installation)?.budget;
  if (before === undefined) throw new ApiFailure(404, 'budget_missing', `There is no budget "${id}".`);
  await installation.store.update(
    { actor, action: 'budget.delete', subject: id, before, after: null },
    (state) => ({ ...state, budgets: state.budgets.filter((one) => one.budget.id !== id) }),
  );
  return {};
};

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
    spentNanoUsd: standing?.spent ?? null,
    reservedNanoUsd: standing?.reserved ?? null,
    from: isoOf(standing?.from ?? null),
    until: isoOf(standing?.until ?? null),
  };
}

function isoOf(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
