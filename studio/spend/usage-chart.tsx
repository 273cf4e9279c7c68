import '@mantine/charts/styles.layer.css';
import { BarChart } from '@mantine/charts';
import { Group, SegmentedControl, Skeleton } from '@mantine/core';
import { useState } from 'react';
import { type SpendQuery, useSpend } from '../client/spend-queries.ts';
import { Failure } from '../look/feedback.tsx';
import { formatCount, formatMoney, formatMoneyShort, formatTokens } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { labelOf, type Shown, valueName } from './dimensions.ts';
import styles from './spend.module.css';
import {
  type Stack,
  type StackMeasure,
  type StackSeries,
  stackByDay,
  stackMeasures,
} from './stack-by-day.ts';

interface Props {
  readonly by: Shown;
  readonly window: { readonly from: number; readonly to: number };
  readonly query: SpendQuery;
}

const shownSeries = 6;
const tones = [
  'var(--wb-accent)',
  'var(--wb-observed)',
  'var(--wb-modelled)',
  'var(--mantine-color-violet-6)',
  'var(--mantine-color-cyan-7)',
  'var(--mantine-color-pink-6)',
] as const;
const otherTone = 'var(--wb-before)';

/** Cost, requests or tokens by day, cut by whatever the page is cut by; the same numbers as a table, by a switch. */
export function UsageChart({ by, window, query }: Props) {
  const [measure, setMeasure] = useState<StackMeasure>('requests');
  const [view, setView] = useState('chart');
  const spend = useSpend({ ...query, ...window, by, grain: 'day', limit: 10_000 });
  const title = `${stackMeasures[measure]} by ${labelOf(by).toLowerCase()}, day by day`;
  return (
    <Card
      title={title}
      padded={false}
      aside={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="What is counted"
            value={measure}
            onChange={(value) => setMeasure(isMeasure(value) ? value : 'requests')}
            data={Object.entries(stackMeasures).map(([value, label]) => ({ value, label }))}
          />
          <SegmentedControl
            size="xs"
            aria-label="Usage: how it is shown"
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: 'As bars' },
              { value: 'table', label: 'As a table' },
            ]}
          />
        </Group>
      }
    >
      {spend.isError ? <Failure error={spend.error} onRetry={() => void spend.refetch()} /> : null}
      {spend.data === undefined ? (
        <Skeleton height={260} m={16} w="auto" radius="md" />
      ) : (
        <Drawn
          by={by}
          measure={measure}
          title={title}
          asTable={view === 'table'}
          stack={stackByDay(spend.data.rows, measure, shownSeries)}
        />
      )}
      {by === 'tag' && measure !== 'cost' ? (
        <div className={styles.foot}>A request with several tags counts in full at each of them.</div>
      ) : null}
    </Card>
  );
}

function isMeasure(value: string): value is StackMeasure {
  return Object.hasOwn(stackMeasures, value);
}

interface DrawnProps {
  readonly by: Shown;
  readonly measure: StackMeasure;
  readonly title: string;
  readonly asTable: boolean;
  readonly stack: Stack;
}

function Drawn({ by, measure, title, asTable, stack }: DrawnProps) {
  const nameOf = ({ value }: StackSeries) => (value === null ? 'all others' : valueName(by, value));
  if (asTable) {
    const format = measure === 'cost' ? formatMoney : formatCount;
    return (
      <div className={styles['chart-table']}>
        <DataTable
          label={title}
          columns={columnsOf(stack, nameOf, format)}
          rows={stack.days}
          keyOf={(day) => day}
        />
      </div>
    );
  }
  const format = measure === 'cost' ? formatMoneyShort : measure === 'tokens' ? formatTokens : formatCount;
  return (
    <figure className={styles.figure} aria-label={`${title}. The table view has the same numbers.`}>
      <BarChart
        h={260}
        type="stacked"
        dataKey="day"
        data={stack.days.map((day, at) => ({
          day,
          ...Object.fromEntries(stack.series.map((one) => [nameOf(one), one.byDay[at] ?? 0])),
        }))}
        series={stack.series.map((one, at) => ({
          name: nameOf(one),
          color: one.value === null ? otherTone : (tones[at] ?? otherTone),
        }))}
        withLegend
        legendProps={{ verticalAlign: 'top', height: 40 }}
        gridAxis="x"
        tickLine="none"
        maxBarWidth={28}
        valueFormatter={format}
        yAxisProps={{ width: 56, tickFormatter: format }}
        xAxisProps={{ tickFormatter: (day: string) => dayName.format(Date.parse(day)), minTickGap: 24 }}
        barProps={{ isAnimationActive: false }}
      />
    </figure>
  );
}

const dayName = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

function columnsOf(
  stack: Stack,
  nameOf: (series: StackSeries) => string,
  format: (value: number) => string,
): readonly Column<string>[] {
  return [
    { key: 'day', head: 'Day', cell: (day) => dayName.format(Date.parse(day)) },
    ...stack.series.map(
      (one): Column<string> => ({
        key: one.value ?? ' others',
        head: nameOf(one),
        align: 'right',
        cell: (day) => format(one.byDay[stack.days.indexOf(day)] ?? 0),
      }),
    ),
  ];
}
