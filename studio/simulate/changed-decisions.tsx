import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatCount, formatTime } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { RouteText } from '../look/route-text.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { evidenceTones } from './evidence-bar.tsx';
import { CostChange } from './segment-tables.tsx';
import styles from './what-if.module.css';

type Changed = SimulationResult['changes'][number];
const step = 20;

/** Requests that would be decided differently, the largest change of cost first. A row opens its record. */
export function ChangedDecisions({
  changes,
  total,
}: {
  readonly changes: readonly Changed[];
  readonly total: number;
}) {
  const [, navigate] = useLocation();
  const [count, setCount] = useState(step);
  if (changes.length === 0) return null;
  return (
    <Card
      title="Changed decisions"
      padded={false}
      aside={
        <span className="wb-muted">
          {total > changes.length
            ? `the ${formatCount(changes.length)} with the largest change of cost, of ${formatCount(total)}`
            : formatCount(total)}
        </span>
      }
    >
      <DataTable
        label="Changed decisions"
        columns={columns}
        rows={changes.slice(0, count)}
        keyOf={(change) => change.id}
        onOpen={({ id }) => navigate(`/traffic/${encodeURIComponent(id)}`)}
      />
      {count < changes.length ? (
        <div className={styles.more}>
          <Button variant="default" onClick={() => setCount(count + 2 * step)}>
            Show more
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

const columns: readonly Column<Changed>[] = [
  {
    key: 'at',
    head: 'Time',
    cell: ({ at }) => (
      <span className="wb-number" style={{ whiteSpace: 'nowrap' }}>
        {at === null ? '–' : formatTime(at, Date.now())}
      </span>
    ),
  },
  {
    key: 'who',
    head: 'Team, task',
    cell: ({ team, task }) => (
      <>
        {team ?? '–'} <span className="wb-muted">{(task ?? '').replaceAll('_', ' ')}</span>
      </>
    ),
  },
  {
    key: 'path',
    head: 'Path before, after',
    cell: ({ path_before, path_after }) => (
      <span className={styles.paths}>
        <span>
          <RouteText path={path_before} />
        </span>
        <span>
          <RouteText path={path_after} />
        </span>
      </span>
    ),
  },
  {
    key: 'differs',
    head: 'Parts at',
    cell: ({ differs_at }) => <code className="wb-code">{differs_at}</code>,
  },
  {
    key: 'target',
    head: 'Target',
    cell: ({ target_before, target_after }) => (
      <span className={styles.targets}>
        <span>{target_before === '' ? 'none' : target_before}</span>
        <span>{target_after === '' ? 'none' : target_after}</span>
      </span>
    ),
  },
  {
    key: 'cost',
    head: 'Cost',
    align: 'right',
    cell: ({ cost_before, cost_after }) =>
      cost_before === null || cost_after === null ? (
        <span className="wb-muted">unknown</span>
      ) : (
        <CostChange change={cost_after - cost_before} />
      ),
  },
  { key: 'evidence', head: 'Evidence', cell: ({ evidence }) => <Evidence evidence={evidence} /> },
];

function Evidence({ evidence }: Pick<Changed, 'evidence'>) {
  return (
    <span className={styles.evidence}>
      <i style={{ background: evidenceTones[evidence] }} aria-hidden="true" />
      {evidence}
    </span>
  );
}
