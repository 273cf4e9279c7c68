import type { NanoUsd } from '#engine/catalogue/index.ts';
import type { windowLengths } from '../../contract/budget-shape.ts';

/** What a budget is for. A project belongs to a team; a model is a target, or a pattern such as `openai/*`. */
export type BudgetScope =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'team' | 'key' | 'tag' | 'model'; readonly id: string }
  | { readonly kind: 'project'; readonly team: string; readonly id: string };

export type WindowLength = (typeof windowLengths)[number];

/** Money that may be spent in a window of time. */
export interface Budget {
  /** `search-2026`; `team:search` and `key:ci` for those that a team or key of the config file states itself. */
  readonly id: string;
  readonly scope: BudgetScope;
  readonly limit: NanoUsd;
  readonly window: WindowLength;
  /** `calendar`: from the first of the month; `rolling`: the last 30 days. */
  readonly kind: 'calendar' | 'rolling';
  /** IANA zone of the calendar, such as `Europe/Berlin`. */
  readonly zone: string;
  /** `hard` refuses what would pass the limit; `soft` only tells: as a signal, a header, an alert. */
  readonly enforcement: 'hard' | 'soft';
  /** What a hard budget does while the store of leases cannot be asked. */
  readonly whenStoreDown: 'refuse' | 'allow';
}

/** The name of what a budget counts: one with another scope or window counts something else, one with another limit does not. */
export function accountOf({ id, scope, window, kind, zone }: Omit<Budget, 'limit'>): string {
  return [id, describeScope(scope), window, kind, kind === 'calendar' ? zone : ''].join(' ');
}

/** `team search`, `project search/ranking`, `organisation`. */
export function describeScope(scope: BudgetScope): string {
  switch (scope.kind) {
    case 'organisation':
      return 'organisation';
    case 'project':
      return `project ${scope.team}/${scope.id}`;
    default:
      return `${scope.kind} ${scope.id}`;
  }
}
