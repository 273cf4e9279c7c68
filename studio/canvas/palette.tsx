import { Tooltip } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { kindNamed, type NodeKindName, nodeRegistry } from '#engine/nodes/index.ts';
import {
  firstOpenExit,
  insertNode,
  insertNote,
  placeAbout,
  useDocument,
  useDocumentActions,
} from '../document/index.ts';
import { KindIcon } from './kind-icon.tsx';
import styles from './palette.module.css';
import { kindMime, noteMime } from './use-drop.ts';

/** Every kind, to drag onto the canvas or into an edge; a click adds it behind the selected node. */
export function Palette() {
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  const add = (kind: NodeKindName): void => {
    const { policy, selection } = document.store.getState();
    const [selected] = selection;
    const node = selection.size === 1 && selected !== undefined ? policy.nodes[selected] : undefined;
    const exit = node === undefined ? undefined : firstOpenExit(node);
    const spot =
      selected === undefined || exit === undefined
        ? ({ kind: 'free' } as const)
        : ({ kind: 'exit', exit: { node: selected, port: exit.id } } as const);
    const id = insertNode(document, kind, spot);
    if (id !== undefined) document.show({ node: id, focus: 'canvas' });
  };
  const addNote = (): void => {
    const { policy, selection } = document.store.getState();
    const mark = insertNote(document, placeAbout(policy, [...selection][0]));
    if (mark !== undefined) document.show({ node: mark, focus: 'inspector' });
  };
  const onDragStart = (event: DragEvent, kind: NodeKindName): void => {
    event.dataTransfer.setData(kindMime(kind), kind);
    event.dataTransfer.setData('text/plain', kindNamed(kind).form.title);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    <section className={styles.palette} aria-label="Palette">
      <h2 className={styles.title}>Nodes</h2>
      {nodeRegistry.map(({ kind, form }) => (
        <Tooltip key={kind} label={`${form.title}: ${form.summary}`} position="right" multiline maw={220}>
          <button
            type="button"
            className={styles.kind}
            disabled={readOnly}
            draggable={!readOnly}
            data-kind={kind}
            onDragStart={(event) => onDragStart(event, kind)}
            onClick={() => add(kind)}
          >
            <KindIcon kind={kind} size={26} />
            <span className={styles.label}>{form.title}</span>
          </button>
        </Tooltip>
      ))}
      <h2 className={styles.title}>For people</h2>
      <Tooltip
        label="Note: a text beside the nodes. It changes nothing about how requests are led."
        position="right"
        multiline
        maw={220}
      >
        <button
          type="button"
          className={styles.kind}
          disabled={readOnly}
          draggable={!readOnly}
          data-kind="note"
          onDragStart={(event) => {
            event.dataTransfer.setData(noteMime, 'note');
            event.dataTransfer.setData('text/plain', 'Note');
            event.dataTransfer.effectAllowed = 'copy';
          }}
          onClick={addNote}
        >
          <span className={styles.noteIcon} aria-hidden="true">
            <IconNote size={16} stroke={1.75} />
          </span>
          <span className={styles.label}>Note</span>
        </button>
      </Tooltip>
    </section>
  );
}
