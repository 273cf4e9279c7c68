import { renameNode, titleIn, useDocumentActions } from '../document/index.ts';
import styles from './card.module.css';
import { NameEditor } from './name-editor.tsx';

/** The name of a card while it is typed. */
export function CardTitleEditor({ id }: { readonly id: string }) {
  const document = useDocumentActions();
  const { policy } = document.store.getState();
  const title = titleIn(policy, id);
  return (
    <NameEditor
      id={id}
      name={policy.nodes[id]?.label ?? title}
      label="Name of the node"
      maxLength={120}
      className={styles.titleInput}
      onName={(text) => {
        if (text !== title) document.run(renameNode(id, text), `Rename to ${text}`);
      }}
    />
  );
}
