import { Tooltip } from '@mantine/core';
import { IconAlertCircleFilled, IconAlertTriangleFilled } from '@tabler/icons-react';
import type { Diagnostic, Severity } from '#engine/nodes/index.ts';
import styles from './card.module.css';

/** The badge of a card for what is wrong with it, the messages in its tooltip. */
export function CardProblems({ problems }: { readonly problems: readonly Diagnostic[] }) {
  const severity = severityOf(problems);
  if (severity === undefined) return null;
  const Icon = severity === 'error' ? IconAlertCircleFilled : IconAlertTriangleFilled;
  const shown = problems.slice(0, 4);
  const label = (
    <ul className={styles.messages}>
      {shown.map((problem) => (
        <li key={`${problem.node}${problem.code}${problem.port}${problem.field}`}>{problem.message}</li>
      ))}
      {problems.length > shown.length && <li>and {problems.length - shown.length} more</li>}
    </ul>
  );
  return (
    <Tooltip label={label} multiline maw={300} position="top" withinPortal>
      <span className={styles.problem} data-severity={severity}>
        <Icon size={16} />
        {problems.length > 1 && problems.length}
      </span>
    </Tooltip>
  );
}

/** The worst of several problems. */
export function severityOf(problems: readonly Diagnostic[]): Severity | undefined {
  if (problems.length === 0) return undefined;
  return problems.some((one) => one.severity === 'error') ? 'error' : 'warning';
}
