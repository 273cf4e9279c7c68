import { type KeyboardEvent, useState } from 'react';
import { renameNode, titleIn, useDocumentActions } from '../document/index.ts';
import { closeOpen, useCanvasStore } from './canvas-state.ts';
import styles from './card.module.css';

/** The name of a card while it is typed: Enter and leaving keep it, Escape does not. */
export function CardTitleEditor({ id }: { readonly id: string }) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const { policy } = document.store.getState();
  const [text, setText] = useState(policy.nodes[id]?.label ?? titleIn(policy, id));
  const keep = (): void => {
    if (canvas.getState().renaming !== id) return;
    if (text !== titleIn(policy, id)) document.run(renameNode(id, text), `Rename to ${text}`);
    closeOpen(canvas);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    if (event.key === 'Escape') closeOpen(canvas);
  };
  return (
    <input
      className={`${styles.titleInput} nodrag nopan`}
      aria-label="Name of the node"
      value={text}
      maxLength={120}
      // biome-ignore lint/a11y/noAutofocus: it appears where the author asked for it
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
