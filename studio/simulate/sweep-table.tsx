import { Button } from '@mantine/core';
import type { SweepPoint, SweepResult } from '#engine/simulate/sweep/sweep-result.ts';
import { formatDuration, formatMoney, formatShare } from '../look/format.ts';
import { type Column, DataTable } from '../look/table.tsx';
import styles from './what-if.module.css';

/** The settings of a sweep with what each would do; the present one and the cheapest good enough are marked. */
export function SweepTable({
  result,
  onApply,
}: {
  readonly result: SweepResult;
  readonly onApply: ((value: number) => void) | null;
}) {
  const { cheapest } = result;
  return (
    <>
      {cheapest === null ? null : (
        <p className={styles['sweep-note']} role="status">
          {cheapest.value === null
            ? `No setting keeps a quality of ${cheapest.min_quality}.`
            : `The cheapest setting that keeps a quality of ${cheapest.min_quality} is ${cheapest.value}.`}
        </p>
      )}
      <DataTable
        label={`Sweep of ${result.place}`}
        columns={columnsOf(result, onApply)}
        rows={result.points}
        keyOf={({ value }) => String(value)}
      />
      <p className={styles.foot}>{result.assumptions.at(-1)}</p>
    </>
  );
}

function columnsOf(
  result: SweepResult,
  onApply: ((value: number) => void) | null,
): readonly Column<SweepPoint>[] {
  const top = Math.max(1, ...result.points.map(({ cost_nano_usd }) => cost_nano_usd.after));
  return [
    {
      key: 'value',
      head: result.place,
      cell: ({ value }) => (
        <>
          <span className="wb-number">{value}</span>
          {value === result.present ? <span className="wb-muted"> · now</span> : null}
          {value === result.cheapest?.value ? <span className="wb-muted"> · cheapest</span> : null}
        </>
      ),
    },
    {
      key: 'bar',
      head: '',
      width: '24%',
      cell: ({ cost_nano_usd, value }) => (
        <span className={styles.fall} aria-hidden="true">
          <i
            data-tone={value === result.present ? 'present' : 'total'}
            style={{ left: 0, width: `${(cost_nano_usd.after / top) * 100}%` }}
          />
        </span>
      ),
    },
    {
      key: 'cost',
      head: 'Cost',
      align: 'right',
      cell: ({ cost_nano_usd }) => formatMoney(cost_nano_usd.after),
    },
    { key: 'latency', head: 'Latency', align: 'right', cell: ({ latency_ms }) => formatDuration(latency_ms) },
    {
      key: 'quality',
      head: 'Quality proxy',
      align: 'right',
      cell: ({ quality }) => (quality === null ? 'unknown' : quality.toFixed(1)),
    },
    { key: 'moved', head: 'Moved', align: 'right', cell: ({ moved }) => formatShare(moved) },
    {
      key: 'apply',
      head: <span className="wb-hidden">Apply</span>,
      align: 'right',
      cell: ({ value }) =>
        value === result.present || onApply === null ? null : (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Apply ${value} to the draft`}
            onClick={() => onApply(value)}
          >
            Apply to draft
          </Button>
        ),
    },
  ];
}
