import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatCount, formatMoney } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { CostChange } from './segment-tables.tsx';

type Affected = SimulationResult['winners'][number];

/** Sessions and keys that save most or pay most more. */
export function AffectedTable({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly Affected[];
}) {
  if (rows.length === 0) return null;
  return (
    <Card title={title} padded={false}>
      <DataTable
        label={title}
        columns={columns}
        rows={rows.slice(0, 8)}
        keyOf={({ by, value }) => `${by} ${value}`}
      />
    </Card>
  );
}

const columns: readonly Column<Affected>[] = [
  {
    key: 'who',
    head: 'Session or key',
    cell: ({ by, value }) => (
      <>
        <span className="wb-muted">{by}</span> <code className="wb-code">{value}</code>
      </>
    ),
  },
  { key: 'requests', head: 'Requests', align: 'right', cell: ({ requests }) => formatCount(requests) },
  { key: 'before', head: 'Before', align: 'right', cell: ({ cost_before }) => formatMoney(cost_before) },
  {
    key: 'change',
    head: 'Change',
    align: 'right',
    cell: ({ cost_before, cost_after }) => <CostChange change={cost_after - cost_before} />,
  },
];
