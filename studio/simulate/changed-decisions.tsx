import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatCount, formatTime } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { RouteText } from '../look/route-text.tsx';
import { saveFile } from '../look/save-file.ts';
import { type Column, DataTable } from '../look/table.tsx';
import { changesCsv, isMeant } from './changes-csv.ts';
import { DecisionDrawer } from './decision-drawer.tsx';
import { evidenceTones } from './evidence-bar.tsx';
import { CostChange } from './segment-tables.tsx';
import styles from './what-if.module.css';

type Changed = SimulationResult['changes'][number];
const step = 20;

/** Requests that would be decided differently, the largest change of cost first. A row opens both ways side by side. */
export function ChangedDecisions({
  changes,
  total,
  policy,
}: {
  readonly changes: readonly Changed[];
  readonly total: number;
  /** Id of the candidate's policy. */
  readonly policy: string;
}) {
  const [opened, setOpened] = useState<Changed | null>(null);
  const [filter, setFilter] = useState('');
  const [count, setCount] = useState(step);
  if (changes.length === 0) return null;
  const found = changes.filter((change) => isMeant(change, filter));
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
      <div className={styles.filters}>
        <TextInput
          w={320}
          size="xs"
          aria-label="Filter changed decisions"
          placeholder="Node, target, team, task or evidence"
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          onClick={() => saveFile(changesCsv(found), 'changed-decisions.csv', 'text/csv')}
        >
          Save as CSV
        </Button>
      </div>
      <DataTable
        label="Changed decisions"
        columns={columns}
        rows={found.slice(0, count)}
        keyOf={(change) => change.id}
        onOpen={setOpened}
      />
      {count < found.length ? (
        <div className={styles.more}>
          <Button variant="default" onClick={() => setCount(count + 2 * step)}>
            Show more
          </Button>
        </div>
      ) : null}
      <DecisionDrawer change={opened} policy={policy} onClose={() => setOpened(null)} />
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
