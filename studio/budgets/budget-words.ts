import type { Budget } from '../client/spend-queries.ts';

/** Whose spend a budget counts, in words. */
export function scopeName({ scope }: Pick<Budget, 'scope'>): string {
  if ('organisation' in scope) return 'Everybody';
  if ('project' in scope) return `Project ${scope.team}/${scope.project}`;
  if ('team' in scope) return `Team ${scope.team}`;
  if ('key' in scope) return `Key ${scope.key}`;
  if ('tag' in scope) return `Tag ${scope.tag}`;
  return `Model ${scope.model}`;
}

export const windowNames = {
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  total: 'in all',
} as const;

/** `per month`, `in any 30 days`, `in all`. */
export function windowName({ window, kind }: Pick<Budget, 'window' | 'kind'>): string {
  if (window === 'total') return 'in all';
  return kind === 'rolling' ? `in any ${window} (rolling)` : `per ${window}`;
}

/** Used share; `null` while nobody can say. A budget of nothing is used up from the start. */
export function usedShare({ spentNanoUsd, limitNanoUsd }: Budget): number | null {
  if (spentNanoUsd === null) return null;
  return limitNanoUsd === 0 ? 1 : spentNanoUsd / limitNanoUsd;
}

/** Where the spend of a budget stands on the spend page; `null` for patterns of models. */
export function spendLink({ scope }: Pick<Budget, 'scope'>): string | null {
  if ('organisation' in scope) return '/spend?period=month';
  const search = new URLSearchParams({ period: 'month' });
  for (const [name, value] of Object.entries(scope)) {
    if (typeof value !== 'string' || value.includes('*')) return null;
    search.set(name, value);
  }
  return `/spend?${search}`;
}

/** Whose roles count for changing a budget: the team's, or everybody's; of a key only the server knows the team. */
export function teamOf({ scope }: Pick<Budget, 'scope'>): { readonly team?: string | null } {
  if ('key' in scope) return {};
  return { team: 'team' in scope ? scope.team : null };
}
