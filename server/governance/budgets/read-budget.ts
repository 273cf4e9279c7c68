import { nanoUsd } from '#engine/catalogue/index.ts';
import type { BudgetScopeShape, BudgetShape, ShortBudgetShape } from '../../contract/budget-shape.ts';
import type { Budget, BudgetScope } from './budget.ts';

/** A budget as written → as enforced. */
export function budgetFrom({ scope, usd, when_store_down, ...rest }: BudgetShape): Budget {
  return { ...rest, scope: scopeFrom(scope), limit: nanoOf(usd), whenStoreDown: when_store_down };
}

/** The budget that a team or key states itself. */
export function shortBudget(kind: 'team' | 'key', id: string, { usd, window }: ShortBudgetShape): Budget {
  return {
    id: `${kind}:${id}`,
    scope: { kind, id },
    limit: nanoOf(usd),
    window,
    kind: 'calendar',
    zone: 'UTC',
    enforcement: 'hard',
    whenStoreDown: 'refuse',
  };
}

function scopeFrom(scope: BudgetScopeShape): BudgetScope {
  if ('organisation' in scope) return { kind: 'organisation' };
  if ('project' in scope) return { kind: 'project', team: scope.team, id: scope.project };
  if ('team' in scope) return { kind: 'team', id: scope.team };
  if ('key' in scope) return { kind: 'key', id: scope.key };
  if ('tag' in scope) return { kind: 'tag', id: scope.tag };
  return { kind: 'model', id: scope.model };
}

/** Dollars as people write them are decimals; a billionth of one is as fine as it gets. */
function nanoOf(usd: number): Budget['limit'] {
  return nanoUsd(Math.round(usd * 1e9));
}

/** A budget as enforced → as written. */
export function writeBudgetShape({ scope, limit, whenStoreDown, ...rest }: Budget): BudgetShape {
  return { ...rest, scope: writeScope(scope), usd: limit / 1e9, when_store_down: whenStoreDown };
}

function writeScope(scope: BudgetScope): BudgetScopeShape {
  switch (scope.kind) {
    case 'organisation':
      return { organisation: true };
    case 'project':
      return { team: scope.team, project: scope.id };
    case 'team':
      return { team: scope.id };
    case 'key':
      return { key: scope.id };
    case 'tag':
      return { tag: scope.id };
    case 'model':
      return { model: scope.id };
  }
}
