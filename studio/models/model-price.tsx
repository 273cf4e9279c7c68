import type { ModelDetail, PriceRow } from '#server/contract/models.ts';
import { formatCount, formatPrice } from '../look/format.ts';
import { type Column, DataTable } from '../look/table.tsx';
import styles from './models.module.css';

/** Classes in the order people think of them, and the class whose price a silent one has. */
const classes = [
  { name: 'input', label: 'Input', like: null },
  { name: 'cache_read', label: 'Cached', like: 'input' },
  { name: 'cache_write', label: 'Write 5 min', like: 'input' },
  { name: 'cache_write_1h', label: 'Write 1 h', like: 'cache_write' },
  { name: 'output', label: 'Output', like: null },
  { name: 'reasoning', label: 'Reasoning', like: 'output' },
  { name: 'audio_input', label: 'Audio in', like: 'input' },
  { name: 'audio_cache_read', label: 'Audio cached', like: 'cache_read' },
  { name: 'audio_output', label: 'Audio out', like: null },
  { name: 'image_input', label: 'Images in', like: 'input' },
  { name: 'image_output', label: 'Images out', like: null },
] as const;

const callNames: Readonly<Record<string, string>> = {
  web_search: 'Web search',
  file_search: 'File search',
  code_execution: 'Code execution',
  social_search: 'Social search',
};

/** A price by class, tier, mode and time, with where it comes from. */
export function ModelPrice({ price }: { readonly price: ModelDetail['price'] }) {
  if (price === null)
    return (
      <p className="wb-muted">
        Nobody stated a price, so its requests are unpriced, never free. Edit the model to state one.
      </p>
    );
  const shown = classes.filter(({ name, like }) =>
    price.rows.some(
      ({ rates }) => rates[name] !== undefined && (like === null || rates[name] !== rates[like]),
    ),
  );
  const columns: readonly Column<PriceRow>[] = [
    { key: 'mode', head: 'Served', cell: (row) => <When row={row} /> },
    ...shown.map(
      ({ name, label }): Column<PriceRow> => ({
        key: name,
        head: label,
        align: 'right',
        cell: ({ rates }) => formatPrice(rates[name] ?? null),
      }),
    ),
  ];
  const calls = Object.entries(price.calls);
  return (
    <div className={styles.price}>
      <div className={styles.boxed}>
        <DataTable
          label="Price in USD per million tokens"
          columns={columns}
          rows={price.rows}
          keyOf={({ mode, when, aboveInputTokens }) => `${mode} ${when} ${aboveInputTokens}`}
        />
      </div>
      {calls.length === 0 && price.regionalPercent === 0 ? null : (
        <ul className={styles.extras}>
          {calls.map(([name, usd]) => (
            <li key={name}>
              {callNames[name] ?? name} <strong>{formatPrice(usd)}</strong>
              <span className="wb-muted"> a thousand</span>
            </li>
          ))}
          {price.regionalPercent === 0 ? null : (
            <li>
              Region promised <strong>+{price.regionalPercent} %</strong>
              <span className="wb-muted"> on tokens</span>
            </li>
          )}
        </ul>
      )}
      <p className={styles.source}>
        USD per million tokens. {price.source === 'override' ? 'Stated here' : `From ${price.source}`}
        {price.date === null ? '' : `, as of ${price.date}`}.{price.note === '' ? '' : ` ${price.note}`}
      </p>
    </div>
  );
}

/** A tier stands under what it is a tier of. */
function When({ row: { mode, when, aboveInputTokens } }: { readonly row: PriceRow }) {
  if (aboveInputTokens > 0)
    return <span className={styles.tier}>above {formatCount(aboveInputTokens)} tokens</span>;
  const name = mode === 'standard' ? 'Standard' : mode.charAt(0).toUpperCase() + mode.slice(1);
  return (
    <span className={styles.when}>
      {name}
      {when === '' ? null : <span className="wb-muted">{when}</span>}
    </span>
  );
}
