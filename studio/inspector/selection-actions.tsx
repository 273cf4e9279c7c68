import { Button } from '@mantine/core';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { deleteSelection, duplicateSelection, useDocument, useDocumentActions } from '../document/index.ts';
import styles from './inspector.module.css';

/** Duplicates and deletes what is selected; what else a panel offers stands between. Nothing for readers. */
export function SelectionActions({
  canDuplicate = true,
  withMembers = false,
  children,
}: {
  readonly canDuplicate?: boolean;
  /** Deletes the nodes of groups, too, and says so. */
  readonly withMembers?: boolean;
  readonly children?: ReactNode;
}) {
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  if (readOnly) return null;
  return (
    <div className={styles.actions}>
      {canDuplicate && (
        <Button
          variant="default"
          leftSection={<IconCopy size={15} />}
          onClick={() => duplicateSelection(document)}
        >
          Duplicate
        </Button>
      )}
      {children}
      <Button
        variant="default"
        leftSection={<IconTrash size={15} />}
        onClick={() => deleteSelection(document, { withMembers })}
      >
        {withMembers ? 'Delete with its nodes' : 'Delete'}
      </Button>
    </div>
  );
}
