import type { SimulationResult } from '#engine/simulate/result.ts';
import { formatCount, formatDuration } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import styles from './what-if.module.css';

type Hour = SimulationResult['timeline'][number];
const most = 24;
const hourName = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** Hours in which limits, incidents or failing targets mattered; the worst when there are many. */
export function Timeline({ timeline }: Pick<SimulationResult, 'timeline'>) {
  if (timeline.length === 0) return null;
  const rows = [...timeline]
    .sort((left, right) => weight(right) - weight(left))
    .slice(0, most)
    .sort((left, right) => left.at - right.at);
  return (
    <Card title="Hour by hour" padded={false} aside={<span className="wb-muted">UTC, before → after</span>}>
      <div className={styles.scroll}>
        <DataTable label="Hour by hour" columns={columns} rows={rows} keyOf={({ at }) => String(at)} />
      </div>
      {timeline.length > most ? (
        <p className={styles.foot}>
          The {most} hours in which most happened, of {formatCount(timeline.length)}.
        </p>
      ) : null}
    </Card>
  );
}

function weight({ refused, fallbacks, degraded }: Hour): number {
  return Math.max(
    refused.before + fallbacks.before + degraded.before,
    refused.after + fallbacks.after + degraded.after,
  );
}

type Sides = Hour['refused'];

function Both({
  sides,
  text = expected,
}: {
  readonly sides: Sides;
  readonly text?: (value: number) => string;
}) {
  return (
    <>
      <span className="wb-muted">{text(sides.before)} →</span> {text(sides.after)}
    </>
  );
}

function expected(count: number): string {
  return count === 0 || count >= 10 ? formatCount(Math.round(count)) : count.toFixed(1);
}

const columns: readonly Column<Hour>[] = [
  { key: 'at', head: 'Hour', cell: ({ at }) => hourName.format(at) },
  { key: 'requests', head: 'Requests', align: 'right', cell: ({ requests }) => expected(requests) },
  { key: 'refused', head: 'Refused', align: 'right', cell: ({ refused }) => <Both sides={refused} /> },
  {
    key: 'fallbacks',
    head: 'Fallbacks',
    align: 'right',
    cell: ({ fallbacks }) => <Both sides={fallbacks} />,
  },
  {
    key: 'degraded',
    head: 'Second choice',
    align: 'right',
    cell: ({ degraded }) => <Both sides={degraded} />,
  },
  {
    key: 'added',
    head: 'Added latency',
    align: 'right',
    cell: ({ added_latency_ms }) => <Both sides={added_latency_ms} text={formatDuration} />,
  },
];
