import { Button, Drawer, Group, Skeleton } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useState } from 'react';
import { Link } from 'wouter';
import { type Budget, moneyKeys, useBudgetOutlook } from '../client/spend-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { formatMoney, formatShare, formatTimeFully } from '../look/format.ts';
import { Figure } from '../look/page.tsx';
import { May } from '../people/may.tsx';
import { type ChartDay, MoneyChart } from '../spend/money-chart.tsx';
import { BudgetFormDialog } from './budget-form.tsx';
import { BudgetMeter } from './budget-meter.tsx';
import { scopeName, spendLink, teamOf, usedShare, windowName } from './budget-words.ts';
import styles from './budgets.module.css';

/** One budget: how it burns down, and where it will end. */
export function BudgetDrawer({
  budget,
  onClose,
}: {
  readonly budget: Budget | null;
  readonly onClose: () => void;
}) {
  return (
    <Drawer
      opened={budget !== null}
      onClose={onClose}
      size={680}
      padding="lg"
      title={<strong>{budget === null ? '' : `Budget ${budget.id}`}</strong>}
    >
      {budget === null ? null : <Detail budget={budget} onClose={onClose} />}
    </Drawer>
  );
}

function Detail({ budget, onClose }: { readonly budget: Budget; readonly onClose: () => void }) {
  const outlook = useBudgetOutlook(budget.id);
  const forecast = outlook.data?.forecast ?? null;
  const link = spendLink(budget);
  const expected = forecast === null ? null : (budget.spentNanoUsd ?? 0) + forecast.expected;
  return (
    <div className={styles.stack}>
      <div>
        {scopeName(budget)}, {formatMoney(budget.limitNanoUsd)} {windowName(budget)}, days in {budget.zone}.{' '}
        <span className="wb-muted">
          {budget.until === null ? '' : `This window ends ${formatTimeFully(Date.parse(budget.until))}.`}
        </span>
      </div>
      <BudgetMeter budget={budget} />
      <dl className={styles.facts}>
        <Figure
          name="Spent"
          value={formatMoney(budget.spentNanoUsd)}
          detail={`${formatShare(usedShare(budget))}, ${formatMoney(budget.reservedNanoUsd ?? 0)} held by running requests`}
        />
        <Figure
          name="Left"
          value={
            budget.spentNanoUsd === null
              ? '–'
              : formatMoney(Math.max(0, budget.limitNanoUsd - budget.spentNanoUsd))
          }
          detail={budget.enforcement === 'hard' ? 'then requests are refused' : 'then people are told'}
        />
        <Figure
          name="Expected at the end"
          value={expected === null ? '–' : formatMoney(expected)}
          detail={
            expected === null
              ? (outlook.data?.reason ?? '')
              : expected > budget.limitNanoUsd
                ? `${formatMoney(expected - budget.limitNanoUsd)} over the budget`
                : 'within the budget'
          }
        />
      </dl>
      {outlook.isError ? <Failure error={outlook.error} onRetry={() => void outlook.refetch()} /> : null}
      {outlook.isPending ? <Skeleton height={300} radius="md" /> : null}
      {outlook.data === undefined || outlook.data.days.length === 0 ? null : (
        <MoneyChart
          title="Spent so far, adding up"
          days={burnDown(outlook.data.days, forecast?.byDay ?? [])}
          lines={[{ y: budget.limitNanoUsd, label: `Budget ${formatMoney(budget.limitNanoUsd)}` }]}
          foot={forecast?.method ?? outlook.data.reason}
        />
      )}
      <Actions budget={budget} link={link} onClose={onClose} />
    </div>
  );
}

function Actions({
  budget,
  link,
  onClose,
}: {
  readonly budget: Budget;
  readonly link: string | null;
  readonly onClose: () => void;
}) {
  const [editing, setEditing] = useState(false);
  const remove = useChange('deleteBudget', {
    stale: [moneyKeys.budgets],
    failure: 'The budget could not be deleted',
    onDone: () => {
      tellDone(`Budget ${budget.id} is deleted`);
      onClose();
    },
  });
  const ask = () =>
    modals.openConfirmModal({
      title: `Delete the budget ${budget.id}?`,
      children: 'Nothing holds this spend any more. What was spent stays on record.',
      labels: { confirm: 'Delete', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate({ params: { id: budget.id } }),
    });
  return (
    <Group gap="xs">
      {link === null ? null : (
        <Button component={Link} href={link} variant="default">
          What it was spent on
        </Button>
      )}
      {budget.origin === 'file' ? (
        <span className="wb-muted">It comes from the config file; change it there.</span>
      ) : (
        <>
          <May needs="budgets.manage" {...teamOf(budget)}>
            <Button variant="default" onClick={() => setEditing(true)}>
              Change
            </Button>
          </May>
          <May needs="budgets.manage" {...teamOf(budget)}>
            <Button variant="subtle" color="red" onClick={ask}>
              Delete
            </Button>
          </May>
        </>
      )}
      <BudgetFormDialog opened={editing} known={budget} onClose={() => setEditing(false)} />
    </Group>
  );
}

/** Days added up; those to come from where the last one ended. */
function burnDown(
  days: readonly { readonly day: string; readonly nanoUsd: number }[],
  ahead: readonly {
    readonly day: string;
    readonly nanoUsd: number;
    readonly low: number;
    readonly high: number;
  }[],
): readonly ChartDay[] {
  let sum = 0;
  const past = days.map(({ day, nanoUsd }): ChartDay => {
    sum += nanoUsd;
    return { day, spent: sum, expected: null, low: null, high: null };
  });
  const last = past.at(-1)?.day ?? '';
  let variance = 0;
  const future = ahead
    .filter(({ day }) => day > last)
    .map(({ day, nanoUsd, high }): ChartDay => {
      sum += nanoUsd;
      // Days miss independently of one another: their half widths add up by their squares.
      variance += (high - nanoUsd) ** 2;
      const half = Math.round(Math.sqrt(variance));
      return { day, spent: null, expected: sum, low: Math.max(0, sum - half), high: sum + half };
    });
  return [...past, ...future];
}
