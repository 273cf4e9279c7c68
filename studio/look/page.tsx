import type { ReactNode } from 'react';
import styles from './look.module.css';
import { SandboxBadge } from './sandbox-badge.tsx';

interface Props {
  readonly title: string;
  readonly summary?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A scrolling page under its heading. */
export function Page({ title, summary, actions, children }: Props) {
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles['header-text']}>
          <h1>{title}</h1>
          {summary === undefined ? null : <p>{summary}</p>}
        </div>
        <div className={styles['header-actions']}>
          <SandboxBadge />
          {actions}
        </div>
      </header>
      {children}
    </div>
  );
}

/** A surface with a heading of its own. */
export function Card({
  title,
  aside,
  padded = true,
  children,
}: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly padded?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.card}>
      {title === undefined ? null : (
        <div className={styles['card-head']}>
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      <div className={padded ? styles['card-body'] : undefined}>{children}</div>
    </section>
  );
}

/** Figures side by side. */
export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.cards}>{children}</dl>;
}

/** One figure: what it is, its value, a line about it. */
export function Figure({
  name,
  value,
  detail,
}: {
  readonly name: ReactNode;
  readonly value: ReactNode;
  readonly detail?: ReactNode;
}) {
  return (
    <div className={`${styles.card} ${styles.figure}`}>
      <dt>{name}</dt>
      <dd className={styles['figure-value']}>{value}</dd>
      {detail === undefined ? null : <dd className={styles['figure-detail']}>{detail}</dd>}
    </div>
  );
}
