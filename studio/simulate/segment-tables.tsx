import { IconArrowRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { RankBars } from '../look/bars.tsx';
import { formatCount, formatMoney, formatMoneyChange } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import styles from './what-if.module.css';

type Target = SimulationResult['by_target'][number];
type Transition = SimulationResult['transitions'][number];

const noTarget = 'no model (refused)';

/** Requests and cost of each target, before over after. */
export function TargetsTable({ targets }: { readonly targets: readonly Target[] }) {
  const rows = [...targets].sort(
    (left, right) =>
      Math.max(right.cost_before, right.cost_after) - Math.max(left.cost_before, left.cost_after),
  );
  return (
    <Card title="By target">
      <RankBars
        label="Cost by target, before and after"
        rows={rows.slice(0, 12).map((row) => ({
          name: row.target === '' ? noTarget : row.target,
          value: row.cost_after,
          before: row.cost_before,
          detail: (
            <>
              <span className="wb-muted">{formatMoney(row.cost_before)} →</span> {formatMoney(row.cost_after)}{' '}
              <span className="wb-muted">
                · {formatCount(row.requests_before)} → {formatCount(row.requests_after)}
              </span>
            </>
          ),
        }))}
      />
    </Card>
  );
}

/** Which requests move from which model to which, and what that changes. */
export function TransitionsTable({ transitions }: { readonly transitions: readonly Transition[] }) {
  const moved = transitions
    .filter((one) => one.from !== one.to)
    .sort((left, right) => right.requests - left.requests);
  return (
    <Card title="Who moves where" padded={moved.length === 0}>
      {moved.length === 0 ? (
        <p className="wb-muted">Every request keeps its model.</p>
      ) : (
        <DataTable
          label="Model to model"
          columns={transitionColumns}
          rows={moved.slice(0, 7)}
          keyOf={({ from, to }) => `${from} ${to}`}
        />
      )}
    </Card>
  );
}

const transitionColumns: readonly Column<Transition>[] = [
  { key: 'from', head: 'From', cell: ({ from }) => <Mono>{from === '' ? noTarget : from}</Mono> },
  {
    key: 'arrow',
    head: '',
    width: 14,
    cell: () => <IconArrowRight size={13} stroke={1.8} aria-label="to" />,
  },
  { key: 'to', head: 'To', cell: ({ to }) => <Mono>{to === '' ? noTarget : to}</Mono> },
  { key: 'requests', head: 'Requests', align: 'right', cell: ({ requests }) => formatCount(requests) },
  { key: 'cost', head: 'Cost', align: 'right', cell: ({ cost_delta }) => <CostChange change={cost_delta} /> },
];

export function CostChange({ change }: { readonly change: number }) {
  return (
    <span className={styles.delta} data-tone={change === 0 ? 'neutral' : change < 0 ? 'good' : 'bad'}>
      {formatMoneyChange(change)}
    </span>
  );
}

function Mono({ children }: { readonly children: ReactNode }) {
  return <span className="wb-code">{children}</span>;
}
