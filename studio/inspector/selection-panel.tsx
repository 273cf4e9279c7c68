import { Button } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import {
  deleteSelection,
  duplicateSelection,
  titleIn,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import styles from './inspector.module.css';

/** Several nodes, or an edge. */
export function SelectionPanel() {
  const document = useDocumentActions();
  const policy = useDocument((state) => state.policy);
  const selection = useDocument((state) => state.selection);
  const readOnly = useDocument((state) => state.readOnly);
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headText}>
          <h2>{selection.size} nodes</h2>
          <span className={styles.id}>{[...selection].map((id) => titleIn(policy, id)).join(', ')}</span>
        </div>
      </header>
      <div className={styles.body}>
        {!readOnly && (
          <div className={styles.actions}>
            <Button
              variant="default"
              leftSection={<IconCopy size={15} />}
              onClick={() => duplicateSelection(document)}
            >
              Duplicate
            </Button>
            <Button
              variant="default"
              leftSection={<IconTrash size={15} />}
              onClick={() => deleteSelection(document)}
            >
              Delete
            </Button>
          </div>
        )}
        <p className={styles.empty}>Drag to move them together; copy and paste works across policies.</p>
      </div>
    </>
  );
}
