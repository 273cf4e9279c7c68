import { Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { Link } from 'wouter';
import { type SpendQuery, type SpendRow, useSpend } from '../client/spend-queries.ts';
import { Failure } from '../look/feedback.tsx';
import { formatChange, formatCount, formatMoney, formatShare, formatTokens } from '../look/format.ts';
import { Money } from '../look/money.tsx';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { dimensions, type Shown, trafficLink, valueName } from './dimensions.ts';
import { Explained } from './explained.tsx';
import { windowBefore } from './period.ts';
import styles from './spend.module.css';

interface Props {
  readonly by: Shown;
  readonly onBy: (by: Shown) => void;
  readonly window: { readonly from: number; readonly to: number };
  readonly filters: Readonly<Record<string, string>>;
  readonly query: SpendQuery;
  readonly onFilter: (dimension: string, value: string) => void;
}

/** Who or what the money went to; a name narrows the page to it, the arrow opens its requests. */
export function Breakdown({ by, onBy, window, filters, query, onFilter }: Props) {
  const now = useSpend({ ...query, ...window, by, limit: 50 });
  const before = useSpend({ ...query, ...windowBefore(window), by, limit: 1_000 });
  const earlier = new Map(before.data?.rows.map(({ values, costNanoUsd }) => [values[0] ?? '', costNanoUsd]));
  const total = now.data?.total.costNanoUsd ?? 0;
  const most = Math.max(1, ...(now.data?.rows.map(({ costNanoUsd }) => costNanoUsd) ?? []));
  return (
    <Card
      title="Where it went"
      padded={false}
      aside={
        <Select
          w={160}
          aria-label="Cut spend by"
          data={[...dimensions]}
          value={by}
          allowDeselect={false}
          onChange={(value) => onBy(dimensions.find((one) => one.value === value)?.value ?? 'team')}
        />
      }
    >
      {now.isError ? <Failure error={now.error} onRetry={() => void now.refetch()} /> : null}
      <DataTable
        label={`Spend by ${by}`}
        columns={columnsOf({ by, total, most, earlier, window, filters, onFilter })}
        rows={now.data?.rows ?? []}
        keyOf={({ values }) => values[0] ?? ''}
      />
      <div className={styles.foot}>
        {now.data?.rest == null
          ? null
          : `and ${formatCount(now.data.rest.rows)} more with ${formatMoney(now.data.rest.costNanoUsd)}. `}
        {by === 'tag'
          ? 'A request with several tags shares its cost among them equally, so that the column adds up; it counts in full at each of them in requests and tokens.'
          : `Rows add up to ${formatMoney(total)}.`}
      </div>
    </Card>
  );
}

function columnsOf({
  by,
  total,
  most,
  earlier,
  window,
  filters,
  onFilter,
}: Omit<Props, 'onBy' | 'query'> & {
  readonly total: number;
  readonly most: number;
  readonly earlier: ReadonlyMap<string, number>;
}): readonly Column<SpendRow>[] {
  return [
    {
      key: 'name',
      head: dimensions.find(({ value }) => value === by)?.label,
      cell: ({ values: [value = ''] }) => (
        <button
          type="button"
          className={styles.explained}
          style={{ cursor: 'pointer' }}
          onClick={() => onFilter(by, value)}
        >
          {valueName(by, value)}
        </button>
      ),
    },
    {
      key: 'bar',
      head: <span className="wb-hidden">Bar</span>,
      width: '18%',
      cell: ({ costNanoUsd }) => (
        <span className={styles.share} aria-hidden="true">
          <span style={{ width: `${(100 * costNanoUsd) / most}%` }} />
        </span>
      ),
    },
    {
      key: 'cost',
      head: 'Spent',
      align: 'right',
      cell: ({ costNanoUsd }) => <Money nanoUsd={costNanoUsd} />,
    },
    {
      key: 'share',
      head: 'Share',
      align: 'right',
      cell: ({ costNanoUsd }) => formatShare(total === 0 ? 0 : costNanoUsd / total),
    },
    {
      key: 'change',
      head: <Explained by="Against the same number of days before this period.">Change</Explained>,
      align: 'right',
      cell: ({ values: [value = ''], costNanoUsd }) => formatChange(earlier.get(value) ?? 0, costNanoUsd),
    },
    { key: 'requests', head: 'Requests', align: 'right', cell: ({ requests }) => formatCount(requests) },
    {
      key: 'each',
      head: <Explained by="Spent divided by requests, for a thousand of them.">Per 1,000</Explained>,
      align: 'right',
      cell: ({ costNanoUsd, requests }) =>
        requests === 0 ? '–' : formatMoney(Math.round((costNanoUsd / requests) * 1_000)),
    },
    {
      key: 'tokens',
      head: (
        <Explained by="Everything models read and wrote. Models are paid by these, at different prices for reading, reading again, and writing.">
          Tokens
        </Explained>
      ),
      align: 'right',
      cell: ({ tokens }) => formatTokens(Object.values(tokens).reduce((sum, count) => sum + count, 0)),
    },
    {
      key: 'failed',
      head: 'Failed',
      align: 'right',
      cell: ({ errors }) => formatCount(errors),
    },
    {
      key: 'open',
      head: <span className="wb-hidden">Requests</span>,
      width: 40,
      cell: ({ values: [value = ''] }) => {
        const link = trafficLink({ ...filters, [by]: value }, window);
        return link === null ? null : (
          <Link href={link} aria-label={`Requests of ${valueName(by, value)}`}>
            <IconArrowRight size={15} stroke={1.7} aria-hidden="true" />
          </Link>
        );
      },
    },
  ];
}
