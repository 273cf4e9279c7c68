import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type SegmentKind, type SimulationResult, segmentKinds } from '#engine/simulate/result.ts';
import { formatCount, formatMoney, formatShare } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { CostChange } from './segment-tables.tsx';
import styles from './what-if.module.css';

type Segment = SimulationResult['segments'][number];
const most = 12;

/** Requests by what they have in common, the largest change of cost first. */
export function Segments({ segments }: Pick<SimulationResult, 'segments'>) {
  const kinds = segmentKinds.filter((kind) => segments.some(({ by }) => by === kind));
  const [chosen, setChosen] = useState<string>('team');
  const by: SegmentKind | undefined = kinds.find((kind) => kind === chosen) ?? kinds[0];
  if (by === undefined) return null;
  const rows = segments
    .filter((segment) => segment.by === by)
    .sort((left, right) => Math.abs(changeOf(right)) - Math.abs(changeOf(left)));
  return (
    <Card
      title="Whom it touches"
      padded={false}
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Segments by"
          value={by}
          onChange={setChosen}
          data={kinds.map((kind) => ({ value: kind, label: kind }))}
        />
      }
    >
      <DataTable
        label={`By ${by}`}
        columns={columns}
        rows={rows.slice(0, most)}
        keyOf={({ value }) => value}
      />
      {rows.length > most ? (
        <p className={styles.foot}>
          The {most} with the largest change, of {formatCount(rows.length)}.
        </p>
      ) : null}
    </Card>
  );
}

function changeOf({ cost_before, cost_after }: Segment): number {
  return cost_after - cost_before;
}

const columns: readonly Column<Segment>[] = [
  {
    key: 'value',
    head: 'Segment',
    cell: ({ value, small }) => (
      <>
        {value === '' ? 'unknown' : value.replaceAll('_', ' ')}
        {small ? (
          <span className="wb-muted" title="Too few requests for its range to mean much">
            {' '}
            · few
          </span>
        ) : null}
      </>
    ),
  },
  { key: 'requests', head: 'Requests', align: 'right', cell: ({ requests }) => formatCount(requests) },
  {
    key: 'moved',
    head: 'Moved',
    align: 'right',
    cell: ({ requests, changed }) => formatShare(requests === 0 ? 0 : changed / requests),
  },
  { key: 'before', head: 'Before', align: 'right', cell: ({ cost_before }) => formatMoney(cost_before) },
  { key: 'after', head: 'After', align: 'right', cell: ({ cost_after }) => formatMoney(cost_after) },
  {
    key: 'range',
    head: 'Range, 95 %',
    align: 'right',
    cell: ({ low, high }) => (
      <span className="wb-muted">
        {formatMoney(low)} – {formatMoney(high)}
      </span>
    ),
  },
  { key: 'change', head: 'Change', align: 'right', cell: (row) => <CostChange change={changeOf(row)} /> },
];
