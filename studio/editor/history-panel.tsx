import { IconHistory } from '@tabler/icons-react';
import { useDocument, useDocumentActions } from '../document/index.ts';
import { Empty } from '../look/feedback.tsx';
import styles from './editor.module.css';

/** Every step since the policy was opened, newest first; a click goes there. */
export function HistoryPanel() {
  const document = useDocumentActions();
  const history = useDocument((state) => state.history);
  const steps = [...history.past, ...history.future];
  const now = history.past.length;
  if (steps.length === 0) {
    return (
      <Empty icon={IconHistory} title="Nothing has been changed yet">
        Every edit is listed here and can be taken back.
      </Empty>
    );
  }
  const goTo = (target: number) => {
    for (let at = now; at > target; at -= 1) document.undo();
    for (let at = now; at < target; at += 1) document.redo();
  };
  const rows = ['As opened', ...steps].map((label, position) => ({ label, position })).toReversed();
  return (
    <ol className={styles.history} aria-label="History, newest first">
      {rows.map(({ label, position }) => (
        <li key={position} data-when={position === now ? 'now' : position > now ? 'future' : 'past'}>
          <button
            type="button"
            onClick={() => goTo(position)}
            aria-current={position === now ? 'step' : undefined}
          >
            {label}
          </button>
        </li>
      ))}
    </ol>
  );
}
