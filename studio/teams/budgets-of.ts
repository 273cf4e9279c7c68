import type { BudgetRow } from '../client/governance-queries.ts';

/** Share of a budget that is spent or reserved; 0 while that is not known. */
export function shareOf({ limitNanoUsd, spentNanoUsd, reservedNanoUsd }: BudgetRow): number {
  if (limitNanoUsd === 0) return 1;
  return ((spentNanoUsd ?? 0) + (reservedNanoUsd ?? 0)) / limitNanoUsd;
}

/** Budgets of a team itself and of its projects, the fullest first. */
export function budgetsOfTeam(budgets: readonly BudgetRow[], team: string): readonly BudgetRow[] {
  return budgets
    .filter(({ scope }) => 'team' in scope && scope.team === team)
    .sort((left, right) => shareOf(right) - shareOf(left));
}

/** Budgets of one key. */
export function budgetsOfKey(budgets: readonly BudgetRow[], key: string): readonly BudgetRow[] {
  return budgets.filter(({ scope }) => 'key' in scope && scope.key === key);
}
