import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { IconReportMoney, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { type Overview, useSpendOverview } from '../client/spend-queries.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatMoney } from '../look/format.ts';
import { Page } from '../look/page.tsx';
import { Breakdown } from './breakdown.tsx';
import { dimensions, labelOf, type Shown, trafficLink, valueName } from './dimensions.ts';
import { ExportMenu } from './export-menu.tsx';
import { Movers, Waste } from './insights.tsx';
import { type ChartDay, MoneyChart } from './money-chart.tsx';
import { isPeriod, type Period, periods, windowOf, windowOfDay, zone } from './period.ts';
import { Savings } from './savings.tsx';
import styles from './spend.module.css';
import { SpendFigures } from './spend-figures.tsx';
import { UsageChart } from './usage-chart.tsx';

/** What was spent, on what, by whom, and where it is going. What is shown stands in the address. */
export function SpendPage() {
  const [search, setSearch] = useSearchParams();
  const [, navigate] = useLocation();
  const asked = search.get('period');
  const period: Period = isPeriod(asked) ? asked : '30';
  const by: Shown = dimensions.find(({ value }) => value === search.get('by'))?.value ?? 'team';
  const filters = filtersOf(search);
  const window = useMemo(() => windowOf(period, Date.now()), [period]);
  const query = { zone, ...filters };
  const overview = useSpendOverview({ ...query, ...window });
  const set = (name: string, value: string | null) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (value === null) next.delete(name);
      else next.set(name, value);
      return next;
    });
  const linkOf = (day: string) => trafficLink(filters, windowOfDay(day));
  return (
    <Page
      title="Spend"
      summary="What models cost, to whom it belongs, and where the month is going. Every cut adds up to the same total."
      actions={
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label="Period"
            value={period}
            onChange={(value) => set('period', value)}
            data={Object.entries(periods).map(([value, label]) => ({ value, label }))}
          />
          <ExportMenu query={{ ...query, ...window }} />
        </Group>
      }
    >
      <Chips filters={filters} onClear={(name) => set(name, null)} />
      {overview.isError ? <Failure error={overview.error} onRetry={() => void overview.refetch()} /> : null}
      {overview.data === undefined ? (
        overview.isError ? null : (
          <Skeleton height={420} radius="md" />
        )
      ) : overview.data.total.requests === 0 ? (
        <Empty icon={IconReportMoney} title="Nothing was spent in this period">
          Requests through the gateway appear here within seconds, with what they cost.
        </Empty>
      ) : (
        <>
          <SpendFigures overview={overview.data} />
          <MoneyChart
            title="By day"
            days={daysOf(overview.data)}
            linkOf={(day) => linkOf(day) ?? '/traffic'}
            onOpen={(day) => navigate(linkOf(day) ?? '/traffic')}
            foot={<Unusual overview={overview.data} />}
          />
          <Breakdown
            by={by}
            onBy={(value) => set('by', value)}
            window={window}
            filters={filters}
            query={query}
            onFilter={(dimension, value) => set(dimension, value)}
          />
          <UsageChart by={by} window={window} query={query} />
          <div className={styles.halves}>
            <Movers overview={overview.data} />
            <Savings window={window} />
          </div>
          <Waste overview={overview.data} />
        </>
      )}
    </Page>
  );
}

const filterable = [...dimensions.map(({ value }) => value), 'policy', 'origin'];

function filtersOf(search: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    filterable.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
}

function Chips({
  filters,
  onClear,
}: {
  readonly filters: Readonly<Record<string, string>>;
  readonly onClear: (name: string) => void;
}) {
  const entries = Object.entries(filters);
  if (entries.length === 0) return null;
  return (
    <div className={styles.chips}>
      {entries.map(([name, value]) => (
        <Button
          key={name}
          variant="light"
          size="compact-sm"
          rightSection={<IconX size={12} stroke={2} aria-hidden="true" />}
          aria-label={`Remove the filter ${labelOf(name)} ${valueName(name, value)}`}
          onClick={() => onClear(name)}
        >
          {labelOf(name)}: {valueName(name, value)}
        </Button>
      ))}
    </div>
  );
}

/** Days as they were, and the days to come of the month. */
function daysOf({ days, month, anomalies }: Overview): readonly ChartDay[] {
  const notes = new Map(
    anomalies.map(({ day, usual, score }) => [
      day,
      `unusually ${score > 0 ? 'high' : 'low'}: ${formatMoney(usual)} is usual`,
    ]),
  );
  const past = days.map(({ day, nanoUsd }): ChartDay => {
    const note = notes.get(day);
    const one = { day, spent: nanoUsd, expected: null, low: null, high: null };
    return note === undefined ? one : { ...one, note };
  });
  const last = past.at(-1)?.day ?? '';
  const ahead = (month?.rest?.byDay ?? [])
    .filter(({ day }) => day > last)
    .map(({ day, nanoUsd, low, high }): ChartDay => ({ day, spent: null, expected: nanoUsd, low, high }));
  return [...past, ...ahead];
}

function Unusual({ overview: { anomalies, month } }: { readonly overview: Overview }) {
  const told = anomalies.map(
    ({ day, nanoUsd, usual, score }) =>
      `${day} was unusually ${score > 0 ? 'high' : 'low'} (${formatMoney(nanoUsd)}, usual ${formatMoney(usual)})`,
  );
  return (
    <>
      {told.length === 0 ? 'No day is out of the ordinary. ' : `${told.join('; ')}. `}
      {month?.rest?.method ?? ''} Days begin at midnight in {zone}. Choose a day to see its requests.
    </>
  );
}
