import { Tooltip } from '@mantine/core';
import { IconBrain, IconMusic, IconPhoto, IconTool, IconVideo } from '@tabler/icons-react';
import type { ModelRow } from '../client/queries.ts';
import { Copy } from '../look/code-block.tsx';
import { formatCount, formatPrice, formatTokens } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import type { Column } from '../look/table.tsx';
import styles from './models.module.css';

export const modelColumns: readonly Column<ModelRow>[] = [
  {
    key: 'id',
    head: 'Model',
    sortable: true,
    cell: ({ id, name }) => (
      <span className={styles.name}>
        <span>
          <strong>{name}</strong>
          <code>{id}</code>
        </span>
        <span className={styles.copy}>
          <Copy text={id} label={`Copy ${id}`} />
        </span>
      </span>
    ),
  },
  { key: 'abilities', head: 'Can', cell: (model) => <Abilities model={model} /> },
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
    cell: (model) => formatPrice(model.priceInput),
  },
  {
    key: 'priceCacheRead',
    head: 'Cache read',
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
  {
    key: 'served',
    head: 'Served by',
    cell: ({ served, provider }) => <Served served={served} provider={provider} />,
  },
];

function Abilities({ model }: { readonly model: ModelRow }) {
  const abilities = [
    { has: model.tools === true, label: 'Calls tools', icon: IconTool },
    { has: model.reasoning === true, label: 'Reasons', icon: IconBrain },
    { has: model.input.includes('image'), label: 'Reads images', icon: IconPhoto },
    { has: model.input.includes('audio'), label: 'Hears audio', icon: IconMusic },
    { has: model.input.includes('video'), label: 'Sees video', icon: IconVideo },
  ];
  return (
    <span className={styles.abilities}>
      {abilities
        .filter((one) => one.has)
        .map(({ label, icon: Icon }) => (
          <Tooltip key={label} label={label}>
            <Icon size={15} stroke={1.6} aria-label={label} role="img" />
          </Tooltip>
        ))}
    </span>
  );
}

function Quality({ index }: { readonly index: number | null }) {
  if (index === null) return '–';
  return (
    <span className={styles.quality}>
      <span className={styles.meter} aria-hidden="true">
        <span style={{ width: `${index}%` }} />
      </span>
      {Math.round(index)}
    </span>
  );
}

function Served({ served, provider }: Pick<ModelRow, 'served' | 'provider'>) {
  switch (served) {
    case 'provider':
      return <Status tone="good">{provider}</Status>;
    case 'sandbox':
      return <Status tone="warn">sandbox</Status>;
    case 'none':
      return <span className="wb-muted">no key</span>;
  }
}
