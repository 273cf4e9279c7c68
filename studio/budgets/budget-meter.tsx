import type { Budget } from '../client/spend-queries.ts';
import { formatMoney, formatShare } from '../look/format.ts';
import { usedShare } from './budget-words.ts';
import styles from './budgets.module.css';

/** How much of a budget is gone, and what running requests hold of it. */
export function BudgetMeter({ budget }: { readonly budget: Budget }) {
  const used = usedShare(budget);
  if (used === null) return <span className="wb-muted">cannot be told</span>;
  const held = budget.limitNanoUsd === 0 ? 0 : (budget.reservedNanoUsd ?? 0) / budget.limitNanoUsd;
  const label = `${formatShare(used)} of ${formatMoney(budget.limitNanoUsd)} used`;
  return (
    <span className={styles.meter} role="img" aria-label={label} title={label}>
      <span data-reserved="true" style={{ width: `${Math.min(100, (used + held) * 100)}%` }} />
      <span
        data-tone={used >= 1 ? 'bad' : used >= 0.8 ? 'warn' : undefined}
        style={{ width: `${Math.min(100, used * 100)}%` }}
      />
    </span>
  );
}
