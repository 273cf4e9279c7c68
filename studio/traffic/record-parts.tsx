import { numberOf, type RecordRow, servedNotes, textOf, tokenClasses } from '../client/record-row.ts';
import { PartsBar } from '../look/bars.tsx';
import { formatCount, formatDuration, formatMoney } from '../look/format.ts';
import { Figure } from '../look/page.tsx';
import styles from './traffic.module.css';

/** Tokens by class, and how they were served where it was out of the ordinary. Rare classes are named when they occur. */
export function TokensBar({ record }: { readonly record: RecordRow }) {
  const notes = servedNotes(record);
  const parts = tokenClasses.map(({ column, label, tone, ...one }) => ({
    key: column,
    label,
    tone,
    isRare: 'rare' in one,
    value: numberOf(record, column) ?? 0,
  }));
  return (
    <>
      <PartsBar
        label="Tokens by class"
        parts={parts.filter(({ isRare, value }) => !isRare || value > 0)}
        format={(value) => formatCount(value)}
      />
      {notes.length === 0 ? null : <p className={styles.served}>{notes.join(', ')}</p>}
    </>
  );
}

const usageNotes: Readonly<Record<string, string>> = {
  provider: 'tokens as the provider counted',
  estimated: 'tokens estimated',
  none: 'no call was made',
};

/** What it cost, and where its tokens were counted. */
export function CostFigure({ record }: { readonly record: RecordRow }) {
  const cost = numberOf(record, 'cost.nano_usd');
  return (
    <Figure
      name="Cost"
      value={formatMoney(cost)}
      detail={cost === null ? 'no price or no usage' : usageNotes[textOf(record, 'usage.source')]}
    />
  );
}

/** How long it took, and how long until the first token. */
export function LatencyFigure({ record }: { readonly record: RecordRow }) {
  return (
    <Figure
      name="Latency"
      value={formatDuration(numberOf(record, 'latency.total_ms'))}
      detail={`first token ${formatDuration(numberOf(record, 'latency.first_token_ms'))}`}
    />
  );
}
