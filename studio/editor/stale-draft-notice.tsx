import { Button } from '@mantine/core';
import { useDocument, useDocumentActions } from '../document/index.ts';
import styles from './editor.module.css';

/** Edits of this browser that never reached the server and were made on an older revision: the author decides. */
export function StaleDraftNotice() {
  const document = useDocumentActions();
  const draft = useDocument((state) => state.staleDraft);
  if (draft === null) return null;
  const take = () => {
    document.replaceAll(draft.policy, 'Take up unsaved changes');
    document.dropStaleDraft();
  };
  return (
    <div className={styles.notice} role="status">
      <span>
        This browser holds unsaved changes that were made on revision {draft.revision}; the draft has moved on
        since.
      </span>
      <Button size="compact-sm" onClick={take}>
        Take them up
      </Button>
      <Button size="compact-sm" variant="default" onClick={document.dropStaleDraft}>
        Forget them
      </Button>
    </div>
  );
}
