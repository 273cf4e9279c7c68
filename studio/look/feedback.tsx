import { Button } from '@mantine/core';
import { IconAlertTriangle, type IconRoute } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { messageOf } from '../client/api-failure.ts';
import styles from './look.module.css';

/** What stands where there is nothing yet, and how to change that. */
export function Empty({
  icon: Icon,
  title,
  children,
  action,
  isSmall = false,
}: {
  readonly icon: typeof IconRoute;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Where other cards of the page have something to show. */
  readonly isSmall?: boolean;
}) {
  return (
    <div className={styles.empty} data-small={isSmall || undefined}>
      <Icon size={isSmall ? 22 : 28} stroke={1.4} aria-hidden="true" />
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action === undefined ? null : <div className={styles['empty-action']}>{action}</div>}
    </div>
  );
}

/** What went wrong, in place. */
export function Failure({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}) {
  return (
    <div className={styles.failure} role="alert">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
      <div style={{ flex: 1 }}>{messageOf(error)}</div>
      {onRetry === undefined ? null : (
        <Button variant="default" size="compact-xs" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
