import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatCount, formatMoney } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { CostChange } from './segment-tables.tsx';
import styles from './what-if.module.css';

/** A bar from `from` to `to`, in nano-dollars. */
export interface WaterfallStep {
  readonly name: string;
  readonly requests: number | null;
  readonly from: number;
  readonly to: number;
  readonly kind: 'total' | 'change';
}

const most = 8;

/** The cost before, what each branch adds or takes, the cost after; small branches together. */
export function waterfallOf({
  by_branch,
  cost_nano_usd: { before, after },
}: Pick<SimulationResult, 'by_branch' | 'cost_nano_usd'>): readonly WaterfallStep[] {
  const steps: WaterfallStep[] = [{ name: 'Before', requests: null, from: 0, to: before, kind: 'total' }];
  const rest = by_branch.slice(most);
  const shown = by_branch.slice(0, most).map(({ node, port, requests, cost_delta }) => ({
    name: node === '' ? 'decided as before' : port === '' ? node : `${node}: ${port}`,
    requests,
    cost_delta,
  }));
  if (rest.length > 0) {
    shown.push({
      name: `${rest.length} smaller branches`,
      requests: rest.reduce((sum, one) => sum + one.requests, 0),
      cost_delta: rest.reduce((sum, one) => sum + one.cost_delta, 0),
    });
  }
  let at = before;
  for (const { name, requests, cost_delta } of shown) {
    if (cost_delta === 0) continue;
    steps.push({ name, requests, from: at, to: at + cost_delta, kind: 'change' });
    at += cost_delta;
  }
  steps.push({ name: 'After', requests: null, from: 0, to: after, kind: 'total' });
  return steps;
}

/** Where the change of cost comes from, branch by branch. */
export function Waterfall({ result }: { readonly result: SimulationResult }) {
  const steps = waterfallOf(result);
  const top = Math.max(1, ...steps.flatMap(({ from, to }) => [from, to]));
  return (
    <Card title="Change by branch" padded={false}>
      <DataTable label="Change by branch" columns={columnsOf(top)} rows={steps} keyOf={({ name }) => name} />
    </Card>
  );
}

function columnsOf(top: number): readonly Column<WaterfallStep>[] {
  return [
    { key: 'name', head: 'Branch', width: '30%', cell: ({ name }) => name },
    {
      key: 'bar',
      head: '',
      width: '36%',
      cell: ({ from, to, kind }) => (
        <span className={styles.fall} aria-hidden="true">
          <i
            data-tone={kind === 'total' ? 'total' : to <= from ? 'good' : 'bad'}
            style={{
              left: `${(Math.min(from, to) / top) * 100}%`,
              width: `${Math.max(0.4, (Math.abs(to - from) / top) * 100)}%`,
            }}
          />
        </span>
      ),
    },
    {
      key: 'requests',
      head: 'Requests',
      align: 'right',
      cell: ({ requests }) => (requests === null ? '' : formatCount(requests)),
    },
    {
      key: 'cost',
      head: 'Cost',
      align: 'right',
      cell: ({ from, to, kind }) => (kind === 'total' ? formatMoney(to) : <CostChange change={to - from} />),
    },
  ];
}
