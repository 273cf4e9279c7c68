import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import styles from './inspector.module.css';

/** What is wrong, under the field it is about. */
export function ProblemNotes({ problems }: { readonly problems: readonly Diagnostic[] }) {
  return problems.map(({ code, message, severity }) => {
    const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle;
    return (
      <div key={`${code}${message}`} className={styles.problem} data-severity={severity}>
        <Icon size={14} stroke={1.75} aria-label={severity} />
        <span>{message}</span>
      </div>
    );
  });
}
