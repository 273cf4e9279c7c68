import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { useDocumentActions } from '../document/index.ts';
import { plural } from '../look/format.ts';
import styles from './publish.module.css';

interface Props {
  readonly diagnostics: readonly Diagnostic[];
  readonly onLeave: () => void;
}

/** What stands against publishing: errors block it, warnings are said. A click goes to the place. */
export function PublishProblems({ diagnostics, onLeave }: Props) {
  const document = useDocumentActions();
  if (diagnostics.length === 0) {
    return (
      <p className={styles.check} data-tone="good">
        <IconCircleCheck size={16} stroke={1.8} aria-hidden="true" /> No problems
      </p>
    );
  }
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  const goTo = ({ node, port, field }: Diagnostic) => {
    onLeave();
    if (node !== undefined) document.select([node]);
    document.show({
      node: node ?? null,
      ...(port === undefined ? {} : { port }),
      ...(field === undefined ? {} : { field }),
      focus: 'inspector',
    });
  };
  return (
    <section>
      <h3 className={styles['problems-title']}>
        {errors === 0
          ? plural(diagnostics.length, 'warning')
          : `${plural(errors, 'error')}: publishing waits until solved`}
      </h3>
      <ul className={styles.problems}>
        {diagnostics.slice(0, 8).map((one) => (
          <li key={`${one.code} ${one.node ?? ''} ${one.port ?? ''} ${one.field ?? ''}`}>
            <button type="button" onClick={() => goTo(one)} data-severity={one.severity}>
              {one.severity === 'error' ? (
                <IconCircleX size={15} stroke={1.8} aria-label="Error" />
              ) : (
                <IconAlertTriangle size={15} stroke={1.8} aria-label="Warning" />
              )}
              <span>
                {one.node === undefined ? null : <code>{one.node}</code>} {one.message}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
