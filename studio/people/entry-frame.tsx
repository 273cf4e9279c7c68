import type { ReactNode } from 'react';
import { Logo } from '../look/logo.tsx';
import styles from './entry.module.css';

interface Props {
  readonly title: string;
  readonly children: ReactNode;
  /** A line under the card. */
  readonly foot?: ReactNode;
}

/** The room before the studio: the mark, a heading, one card. Signing in and accepting an invitation stand in it. */
export function EntryFrame({ title, children, foot }: Props) {
  return (
    <main className={styles.entry}>
      <Trace />
      <div className={styles.column}>
        <header className={styles.head}>
          <Logo size={40} />
          <h1>{title}</h1>
        </header>
        <div className={styles.card}>{children}</div>
        {foot === undefined ? null : <div className={styles.foot}>{foot}</div>}
      </div>
    </main>
  );
}

/** Routes behind the card, as faint as a watermark. */
function Trace() {
  const starts = [120, 240, 360, 480, 600];
  return (
    <svg
      className={styles.trace}
      viewBox="0 0 1440 720"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      {starts.map((from, index) => (
        <g key={from}>
          <path d={`M0 ${from} C 320 ${from}, 400 360, 720 360`} />
          <path d={`M720 360 C 1040 360, 1120 ${90 + index * 135}, 1440 ${90 + index * 135}`} />
        </g>
      ))}
    </svg>
  );
}
