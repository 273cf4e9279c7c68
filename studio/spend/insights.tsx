import type { Overview } from '../client/spend-queries.ts';
import { formatChange, formatCount, formatMoney, formatMoneyChange } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { labelOf, valueName } from './dimensions.ts';
import { Explained } from './explained.tsx';
import styles from './spend.module.css';

/** What changed most since the period before. */
export function Movers({ overview: { movers, before } }: { readonly overview: Overview }) {
  const rows = (before.total.requests === 0 ? [] : movers)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, 8);
  return (
    <Card title="What changed most" padded={false}>
      {rows.length === 0 ? (
        <p className={styles.foot}>
          {before.total.requests === 0
            ? 'There is nothing on record of the period before, so there is nothing to compare with.'
            : 'Nothing changed since the period before.'}
        </p>
      ) : (
        <DataTable
          label="Top movers"
          columns={moverColumns}
          rows={rows}
          keyOf={({ by, value }) => `${by} ${value}`}
        />
      )}
    </Card>
  );
}

const moverColumns: readonly Column<Overview['movers'][number]>[] = [
  {
    key: 'name',
    head: 'Who or what',
    cell: ({ by, value }) => (
      <>
        {valueName(by, value)} <span className="wb-muted">{labelOf(by).toLowerCase()}</span>
      </>
    ),
  },
  { key: 'before', head: 'Before', align: 'right', cell: ({ before }) => formatMoney(before) },
  { key: 'after', head: 'Now', align: 'right', cell: ({ after }) => formatMoney(after) },
  {
    key: 'change',
    head: 'Change',
    align: 'right',
    cell: ({ before, after }) => (
      <span className={after > before ? styles.up : styles.down}>
        {formatMoneyChange(after - before)} <span className="wb-muted">{formatChange(before, after)}</span>
      </span>
    ),
  },
];

/** Easy requests on dear models. */
export function Waste({ overview: { waste } }: { readonly overview: Overview }) {
  return (
    <Card title="Easy requests on dear models" padded={false}>
      {waste.rows.length === 0 ? (
        <p className={styles.foot}>
          {waste.cheapest === null
            ? 'No model in use has a price.'
            : 'None: easy requests go to models of moderate price.'}
        </p>
      ) : (
        <>
          <DataTable
            label="Easy requests on dear models"
            columns={wasteColumns}
            rows={waste.rows.slice(0, 6)}
            keyOf={({ task, model }) => `${task} ${model}`}
          />
          <p className={styles.foot}>
            {formatMoney(waste.nanoUsd)} went to requests that looked easy, at models that cost at least four
            times as much as {waste.cheapest}. What could be saved is told at the same number of tokens:
            choose a policy in the savings report above to replay the requests themselves.
          </p>
        </>
      )}
    </Card>
  );
}

const wasteColumns: readonly Column<Overview['waste']['rows'][number]>[] = [
  { key: 'task', head: 'Task', cell: ({ task }) => valueName('task', task) },
  { key: 'model', head: 'Model', cell: ({ model }) => model },
  { key: 'requests', head: 'Requests', align: 'right', cell: ({ requests }) => formatCount(requests) },
  { key: 'cost', head: 'Spent', align: 'right', cell: ({ nanoUsd }) => formatMoney(nanoUsd) },
  {
    key: 'times',
    head: (
      <Explained by="Price of an everyday request (3,000 tokens read, 1,000 written) against the cheapest model in use.">
        Price
      </Explained>
    ),
    align: 'right',
    cell: ({ timesAsDear }) => `${timesAsDear.toFixed(timesAsDear < 10 ? 1 : 0)}×`,
  },
  {
    key: 'saving',
    head: (
      <Explained by="What the same tokens would have cost less at the cheapest model in use that can do all that this one can: what it reads and writes, tools, schemas, and room for four times the mean call.">
        Could save
      </Explained>
    ),
    align: 'right',
    cell: ({ saving }) =>
      saving.kind === 'known' ? (
        <>
          about {formatMoney(saving.nanoUsd)} <span className="wb-muted">at {saving.model}</span>
        </>
      ) : (
        <span className="wb-muted">{whyUnknown[saving.why]}</span>
      ),
  },
];

const whyUnknown = {
  media: 'unknown: audio or images',
  no_model: 'no cheaper model in use can do as much',
} as const;
