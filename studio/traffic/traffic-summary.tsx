import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { CallAnswer } from '../client/call-api.ts';
import { RankBars } from '../look/bars.tsx';
import { DayChart } from '../look/day-chart.tsx';
import {
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyShort,
  formatShare,
  plural,
} from '../look/format.ts';
import { Card, Figure, Figures } from '../look/page.tsx';
import styles from './traffic.module.css';

type Summary = CallAnswer<'summarizeRecords'>;

/** The window at a glance: figures, days, and who spends on what. */
export function TrafficSummary({ summary }: { readonly summary: Summary }) {
  return (
    <>
      <Totals total={summary.total} />
      <div className={styles.charts}>
        <Days byDay={summary.byDay} />
        <Shares summary={summary} />
      </div>
    </>
  );
}

function Totals({ total }: { readonly total: Summary['total'] }) {
  const { requests, costNanoUsd, withoutCost, failed, refused, latencyP50Ms, latencyP95Ms } = total;
  const perThousand = requests === 0 ? null : Math.round((costNanoUsd / requests) * 1_000);
  return (
    <Figures>
      <Figure
        name="Requests"
        value={formatCount(requests)}
        detail={refused === 0 ? 'none refused by policy' : `${formatCount(refused)} refused by policy`}
      />
      <Figure
        name="Cost"
        value={formatMoney(costNanoUsd)}
        detail={
          withoutCost === 0
            ? `${formatMoney(perThousand)} per 1,000 requests`
            : `without ${plural(withoutCost, 'request')} of unknown cost`
        }
      />
      <Figure
        name="Failed"
        value={formatShare(requests === 0 ? 0 : failed / requests)}
        detail={plural(failed, 'request')}
      />
      <Figure
        name="Latency, median"
        value={formatDuration(latencyP50Ms)}
        detail={`95 % within ${formatDuration(latencyP95Ms)}`}
      />
    </Figures>
  );
}

function Days({ byDay }: Pick<Summary, 'byDay'>) {
  const [measure, setMeasure] = useState('cost');
  const isCost = measure === 'cost';
  return (
    <Card
      title="By day"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="What the bars show"
          value={measure}
          onChange={setMeasure}
          data={[
            { value: 'cost', label: 'Cost' },
            { value: 'requests', label: 'Requests' },
          ]}
        />
      }
    >
      <DayChart
        label={isCost ? 'Cost by day' : 'Requests by day'}
        days={byDay.map((day) => day.day)}
        series={[
          {
            key: measure,
            label: isCost ? 'Cost' : 'Requests',
            tone: 'var(--wb-accent)',
            values: byDay.map((day) => (isCost ? day.costNanoUsd : day.requests)),
          },
        ]}
        format={isCost ? formatMoneyShort : formatCount}
        height={208}
      />
    </Card>
  );
}

const groupings = [
  { value: 'byTarget', label: 'Target' },
  { value: 'byTeam', label: 'Team' },
  { value: 'byTask', label: 'Task' },
] as const;
type Grouping = (typeof groupings)[number]['value'];

function Shares({ summary }: { readonly summary: Summary }) {
  const [grouping, setGrouping] = useState<Grouping>('byTarget');
  const rows = [...summary[grouping]].sort((left, right) => right.costNanoUsd - left.costNanoUsd).slice(0, 7);
  return (
    <Card
      title="Cost by"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="Group cost by"
          value={grouping}
          onChange={(value) => setGrouping(groupings.find((one) => one.value === value)?.value ?? 'byTarget')}
          data={[...groupings]}
        />
      }
    >
      <RankBars
        label="Cost, largest first"
        rows={rows.map(({ name, requests, costNanoUsd }) => ({
          name: name === '' ? 'none' : name,
          value: costNanoUsd,
          detail: (
            <>
              {formatMoney(costNanoUsd)} <span className="wb-muted">· {formatCount(requests)}</span>
            </>
          ),
        }))}
      />
    </Card>
  );
}
