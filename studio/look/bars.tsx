import type { ReactNode } from 'react';
import styles from './bars.module.css';

export interface Part {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly tone: string;
}

/** One bar divided into parts, with its legend. Parts that are zero are left out of the bar, not of the legend. */
export function PartsBar({
  parts,
  label,
  format,
}: {
  readonly parts: readonly Part[];
  readonly label: string;
  readonly format: (value: number, total: number) => ReactNode;
}) {
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  return (
    <div>
      <div className={styles.parts} role="img" aria-label={label}>
        {parts
          .filter((part) => part.value > 0)
          .map(({ key, value, tone }) => (
            <span key={key} style={{ flexGrow: value / total, background: tone }} />
          ))}
      </div>
      <dl className={styles.legend}>
        {parts.map(({ key, label: name, value, tone }) => (
          <div key={key}>
            <dt>
              <i style={{ background: tone }} />
              {name}
            </dt>
            <dd>{format(value, total)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

export interface RankRow {
  readonly name: string;
  readonly value: number;
  /** A second value drawn behind, such as the one before a change. */
  readonly before?: number;
  readonly detail: ReactNode;
}

/** Names with bars behind their values, largest first as given. */
export function RankBars({ rows, label }: { readonly rows: readonly RankRow[]; readonly label: string }) {
  const most = Math.max(1, ...rows.map((row) => Math.max(row.value, row.before ?? 0)));
  return (
    <ul className={styles.ranks} aria-label={label}>
      {rows.map(({ name, value, before, detail }) => (
        <li key={name}>
          <span className={styles['rank-name']} title={name}>
            {name}
          </span>
          <span className={styles['rank-detail']}>{detail}</span>
          <span className={styles['rank-track']}>
            {before === undefined || before === 0 ? null : (
              <span className={styles['rank-before']} style={{ width: `${(before / most) * 100}%` }} />
            )}
            {value === 0 ? null : (
              <span className={styles['rank-bar']} style={{ width: `${(value / most) * 100}%` }} />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
