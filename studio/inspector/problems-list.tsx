import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { Diagnostic, Severity } from '#engine/nodes/index.ts';
import { titleIn, useDocument, useDocumentActions } from '../document/index.ts';
import { FixButtons } from './fix-buttons.tsx';
import styles from './inspector.module.css';

const titles: Readonly<Record<Severity, string>> = {
  error: 'Errors keep the policy from being published',
  warning: 'Warnings',
};

/** Everything that is wrong, errors first: a click goes there, a button mends what one step can mend. */
export function ProblemsList() {
  const diagnostics = useDocument((state) => state.diagnostics);
  if (diagnostics.length === 0) {
    return (
      <div className={styles.allClear}>
        <IconCircleCheck size={18} stroke={1.75} /> No problems.
      </div>
    );
  }
  return (['error', 'warning'] as const).map((severity) => {
    const own = diagnostics.filter((one) => one.severity === severity);
    if (own.length === 0) return null;
    return (
      <section key={severity} aria-label={titles[severity]}>
        <h3 className={styles.problemsTitle}>
          {titles[severity]} ({own.length})
        </h3>
        <ul className={styles.problems}>
          {own.map((problem) => (
            <ProblemRow
              key={`${problem.node}${problem.code}${problem.port}${problem.field}`}
              problem={problem}
            />
          ))}
        </ul>
      </section>
    );
  });
}

function ProblemRow({ problem }: { readonly problem: Diagnostic }) {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const { node, port, field, severity, message } = problem;
  const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle;
  const goTo = (): void => {
    if (node === undefined) document.select([]);
    document.show({
      node: node ?? null,
      focus: 'inspector',
      ...(port === undefined ? {} : { port }),
      ...(field === undefined ? {} : { field }),
    });
  };
  return (
    <li className={styles.problemRow}>
      <button type="button" className={styles.goTo} data-severity={severity} onClick={goTo}>
        <Icon size={15} stroke={1.75} aria-label={severity} />
        <span>
          {message}
          {problem.hint !== undefined && <span className={styles.hint}> {problem.hint}</span>}
          {node !== undefined && <em>{titleIn(policy, node)}</em>}
        </span>
      </button>
      <FixButtons problem={problem} />
    </li>
  );
}
