import { Skeleton } from '@mantine/core';
import styles from './look.module.css';

/** What stands in for a page while it loads. */
export function PageSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <span className="wb-hidden" role="status">
        Loading
      </span>
      <Skeleton height={22} width={180} radius="sm" />
      <ResultSkeleton />
    </div>
  );
}

/** What stands in for a row of figures with a chart below while they are worked out. */
export function ResultSkeleton() {
  return (
    <>
      <div className={styles.cards} aria-hidden="true">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} height={84} radius="md" />
        ))}
      </div>
      <Skeleton height={320} radius="md" aria-hidden="true" />
    </>
  );
}
