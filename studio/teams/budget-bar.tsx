import type { BudgetRow } from '../client/governance-queries.ts';
import { formatMoney, formatShare } from '../look/format.ts';
import { shareOf } from './budgets-of.ts';
import styles from './teams.module.css';

/** How full a budget is: a bar, and the same in words. */
export function BudgetBar({ budget }: { readonly budget: BudgetRow }) {
  const share = shareOf(budget);
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'good';
  const window = budget.window === 'total' ? 'in all' : `a ${budget.window}`;
  return (
    <span className={styles.budget}>
      <span className={styles.bar} aria-hidden="true">
        <span data-tone={tone} style={{ width: `${Math.min(100, share * 100)}%` }} />
      </span>
      <span className={styles.spent}>
        {'project' in budget.scope ? `${budget.scope.project}: ` : ''}
        {formatMoney(budget.spentNanoUsd)} of {formatMoney(budget.limitNanoUsd)} {window}
        <span>{formatShare(share)}</span>
      </span>
    </span>
  );
}
