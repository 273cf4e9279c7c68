import { Badge } from '@mantine/core';
import type { ModelRow } from '../client/queries.ts';
import { formatCount, formatPrice, formatTokens } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import type { Column } from '../look/table.tsx';
import { AbilityIcons } from './ability-icons.tsx';
import styles from './models.module.css';

export const modelColumns: readonly Column<ModelRow>[] = [
  {
    key: 'id',
    head: 'Model',
    sortable: true,
    width: '30%',
    truncate: true,
    cell: (model) => <ModelName model={model} />,
  },
  { key: 'abilities', head: 'Can', cell: (model) => <AbilityIcons model={model} /> },
  {
    key: 'context',
    head: 'Context',
    align: 'right',
    sortable: true,
    cell: ({ context }) => <span title={`${formatCount(context)} tokens`}>{formatTokens(context)}</span>,
  },
  {
    key: 'priceInput',
    head: 'Input',
    align: 'right',
    sortable: true,
    cell: (model) => <Price usd={model.priceInput} />,
  },
  {
    key: 'priceCacheRead',
    head: 'Cached',
    align: 'right',
    sortable: true,
    cell: (model) => <span className="wb-muted">{formatPrice(model.priceCacheRead)}</span>,
  },
  {
    key: 'priceOutput',
    head: 'Output',
    align: 'right',
    sortable: true,
    cell: (model) => formatPrice(model.priceOutput),
  },
  {
    key: 'tokensPerSecond',
    head: 'Speed',
    align: 'right',
    sortable: true,
    cell: ({ tokensPerSecond }) => (tokensPerSecond === null ? '–' : `${Math.round(tokensPerSecond)} t/s`),
  },
  {
    key: 'quality',
    head: 'Quality',
    align: 'right',
    sortable: true,
    cell: ({ quality }) => <Quality index={quality} />,
  },
  { key: 'served', head: 'Served by', cell: (model) => <Served model={model} /> },
];

function ModelName({ model }: { readonly model: ModelRow }) {
  return (
    <span className={styles.name}>
      <span className={styles.title}>
        <strong>{model.name}</strong>
        <OriginBadge origin={model.origin} />
        {model.deprecated ? (
          <Badge size="xs" color="gray" c="inherit" variant="outline">
            retiring
          </Badge>
        ) : null}
      </span>
      <code>{model.id}</code>
    </span>
  );
}

export function OriginBadge({ origin }: Pick<ModelRow, 'origin'>) {
  if (origin === 'shipped') return null;
  return (
    <Badge size="xs" variant="light">
      {origin === 'file' ? 'by file' : 'custom'}
    </Badge>
  );
}

/** `unpriced` is said, so that a dash is never taken for free. */
function Price({ usd }: { readonly usd: number | null }) {
  return usd === null ? <span className={styles.unpriced}>unpriced</span> : formatPrice(usd);
}

function Quality({ index }: { readonly index: number | null }) {
  if (index === null) return '–';
  return (
    <span className={styles.quality}>
      <span className={styles.meter} aria-hidden="true">
        <span style={{ width: `${index}%` }} />
      </span>
      {index.toFixed(0)}
    </span>
  );
}

export function Served({ model: { served, provider } }: { readonly model: ModelRow }) {
  switch (served) {
    case 'provider':
      return <Status tone="good">{provider}</Status>;
    case 'sandbox':
      return <Status tone="warn">sandbox</Status>;
    case 'none':
      return <span className="wb-muted">no key</span>;
  }
}
