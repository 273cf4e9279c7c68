import '@mantine/charts/styles.layer.css';
import { CompositeChart } from '@mantine/charts';
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { formatMoney, formatMoneyShort } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import styles from './spend.module.css';

/** One day of the chart; whole nano-dollars. `null` where there is nothing to say. */
export interface ChartDay {
  readonly day: string;
  readonly spent: number | null;
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Something about that day. */
  readonly note?: string;
}

const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const longName = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** Spend by day with what is expected of the days to come; the same numbers as a table, by a switch. */
export function MoneyChart({
  title,
  days,
  lines = [],
  linkOf,
  onOpen,
  foot,
}: {
  readonly title: string;
  readonly days: readonly ChartDay[];
  /** Levels such as a limit. */
  readonly lines?: readonly { readonly y: number; readonly label: string }[];
  /** Requests behind a day. */
  readonly linkOf?: (day: string) => string;
  readonly onOpen?: (day: string) => void;
  readonly foot?: ReactNode;
}) {
  const [view, setView] = useState('chart');
  return (
    <Card
      title={title}
      aside={
        <SegmentedControl
          size="xs"
          aria-label={`${title}: how it is shown`}
          value={view}
          onChange={setView}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      }
      padded={false}
    >
      {view === 'chart' ? (
        <Chart title={title} days={days} lines={lines} onOpen={onOpen} />
      ) : (
        <div className={styles['chart-table']}>
          <DataTable label={title} columns={columnsOf(linkOf)} rows={days} keyOf={({ day }) => day} />
        </div>
      )}
      {foot === undefined ? null : <div className={styles.foot}>{foot}</div>}
    </Card>
  );
}

function Chart({
  title,
  days,
  lines,
  onOpen,
}: {
  readonly title: string;
  readonly days: readonly ChartDay[];
  readonly lines: readonly { readonly y: number; readonly label: string }[];
  readonly onOpen: ((day: string) => void) | undefined;
}) {
  // Nothing spent still gets a scale in dollars, not in the nano-dollars that amounts are counted in.
  const isFlat = days.every(({ spent, high }) => (spent ?? 0) === 0 && (high ?? 0) === 0);
  const hasForecast = days.some(({ expected }) => expected !== null);
  const data = days.map(({ day, spent, expected, low, high }) => ({
    day,
    Spent: spent,
    Expected: expected,
    Range: low === null || high === null ? null : [low, high],
  }));
  return (
    <figure className={styles.figure} aria-label={`${title}. The table view has the same numbers.`}>
      <CompositeChart
        h={260}
        data={data}
        dataKey="day"
        withLegend={hasForecast}
        legendProps={{ verticalAlign: 'top', height: 32 }}
        series={[
          { name: 'Spent', type: 'bar', color: 'var(--wb-accent)' },
          ...(hasForecast
            ? [
                { name: 'Expected', type: 'bar' as const, color: 'var(--wb-before)' },
                {
                  name: 'Range',
                  label: 'Range, 8 of 10 times',
                  type: 'area' as const,
                  color: 'var(--wb-modelled)',
                },
              ]
            : []),
        ]}
        curveType="linear"
        gridAxis="x"
        tickLine="none"
        maxBarWidth={28}
        withDots={false}
        strokeWidth={1}
        yAxisProps={{
          width: 56,
          ...(isFlat ? { domain: [0, 1e9] } : {}),
          tickFormatter: (value: number) => formatMoneyShort(value),
        }}
        xAxisProps={{ tickFormatter: (day: string) => dayName.format(Date.parse(day)), minTickGap: 24 }}
        referenceLines={lines.map(({ y, label }) => ({ y, label, color: 'var(--wb-bad)' }))}
        tooltipProps={{ content: ({ label }) => <Tip day={days.find(({ day }) => day === label)} /> }}
        barProps={{
          radius: [3, 3, 0, 0],
          isAnimationActive: false,
          cursor: onOpen === undefined ? 'default' : 'pointer',
          onClick: (_bar, index, event) => {
            // The chart below learns which day the pointer is at only a frame after it came.
            event.stopPropagation();
            const day = days[index]?.day;
            if (day !== undefined) onOpen?.(day);
          },
        }}
        areaProps={{ isAnimationActive: false, fillOpacity: 0.18 }}
        composedChartProps={{
          margin: { top: 8, right: 8 },
          // Spent and expected share a place: each is 80 % of the day wide, and the second begins where the first does.
          barGap: '-80%',
          onClick: ({ activeLabel }) => {
            if (typeof activeLabel === 'string') onOpen?.(activeLabel);
          },
        }}
      />
    </figure>
  );
}

function Tip({ day }: { readonly day: ChartDay | undefined }) {
  if (day === undefined) return null;
  const { spent, expected, low, high, note } = day;
  return (
    <div className={styles.tip}>
      <strong>{longName.format(Date.parse(day.day))}</strong>
      {spent === null ? null : <Line name="Spent" value={formatMoney(spent)} />}
      {expected === null ? null : <Line name="Expected" value={formatMoney(expected)} />}
      {low === null || high === null ? null : (
        <Line name="Range" value={`${formatMoney(low)} – ${formatMoney(high)}`} />
      )}
      {note === undefined ? null : <span className={styles.note}>{note}</span>}
    </div>
  );
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <span>
      {name} <b>{value}</b>
    </span>
  );
}

function columnsOf(linkOf: ((day: string) => string) | undefined): readonly Column<ChartDay>[] {
  return [
    {
      key: 'day',
      head: 'Day',
      cell: ({ day, spent, note }) => (
        <>
          {linkOf === undefined || spent === null || spent === 0 ? (
            longName.format(Date.parse(day))
          ) : (
            <Link href={linkOf(day)}>{longName.format(Date.parse(day))}</Link>
          )}
          {note === undefined ? null : <div className="wb-muted">{note}</div>}
        </>
      ),
    },
    {
      key: 'spent',
      head: 'Spent',
      align: 'right',
      cell: ({ spent }) => (spent === null ? '' : formatMoney(spent)),
    },
    {
      key: 'expected',
      head: 'Expected',
      align: 'right',
      cell: ({ expected }) => (expected === null ? '' : formatMoney(expected)),
    },
    {
      key: 'range',
      head: 'Range, 8 of 10 times',
      align: 'right',
      cell: ({ low, high }) =>
        low === null || high === null ? '' : `${formatMoney(low)} – ${formatMoney(high)}`,
    },
  ];
}
