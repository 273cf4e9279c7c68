import { type NodeProps, NodeResizer } from '@xyflow/react';
import { type KeyboardEvent, memo, useLayoutEffect, useRef, useState } from 'react';
import { noteLimits } from '#engine/policy/index.ts';
import { markIn, resizeNote, rewordMark, titleOfMark, useDocumentActions } from '../document/index.ts';
import { closeOpen, useCanvas, useCanvasStore } from './canvas-state.ts';
import type { NoteNode } from './flow-marks.ts';
import styles from './mark.module.css';
import { NoteText } from './note-text.tsx';

const { width, height } = noteLimits;

/** A note on the canvas: its text; a double click or F2 writes in it where it lies. */
export const NoteCard = memo(
  DrawnNote,
  (left, right) => left.data === right.data && left.selected === right.selected,
);

function DrawnNote({ id, data: { note, readOnly }, selected }: NodeProps<NoteNode>) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const isWriting = useCanvas((state) => state.renaming === id && state.home === 'drawing');
  const resized = (at: { x: number; y: number; width: number; height: number }): void => {
    const mark = markIn(document.store.getState().policy, id);
    if (mark?.kind !== 'note') return;
    const command = resizeNote(mark.id, [at.width, at.height], [at.x, at.y]);
    document.run(command, `Resize note ${titleOfMark(mark)}`);
  };
  return (
    <>
      <NodeResizer
        isVisible={selected && !readOnly}
        minWidth={width.min}
        maxWidth={width.max}
        minHeight={height.min}
        maxHeight={height.max}
        handleClassName={styles.resizeHandle ?? ''}
        lineClassName={styles.resizeLine ?? ''}
        onResizeEnd={(_event, params) => resized(params)}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the keyboard writes with F2 */}
      <div
        className={styles.note}
        data-colour={note.colour}
        data-selected={selected || undefined}
        data-detail=""
        onDoubleClick={(event) => {
          event.stopPropagation();
          if (!readOnly) canvas.setState({ renaming: id, current: id, home: 'drawing' });
        }}
      >
        {isWriting ? (
          <NoteWriter id={id} text={note.text} />
        ) : note.text.trim() === '' ? (
          <span className={styles.emptyNote}>{readOnly ? 'Empty note' : 'Double-click or F2 to write'}</span>
        ) : (
          <NoteText text={note.text} />
        )}
      </div>
    </>
  );
}

/** The text while it is typed: Escape and leaving keep it, undo takes it back. */
export function NoteWriter({ id, text: before }: { readonly id: string; readonly text: string }) {
  const document = useDocumentActions();
  const canvas = useCanvasStore();
  const writer = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(before);
  // It appears where the author asked for it.
  useLayoutEffect(() => writer.current?.focus(), []);
  const keep = (): void => {
    if (canvas.getState().renaming !== id) return;
    if (text !== before) rewordMark(document, id, text);
    closeOpen(canvas);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey))) keep();
  };
  return (
    <textarea
      className={`${styles.writer} nodrag nopan nowheel`}
      aria-label="Text of the note"
      placeholder="Write what people should know. **Bold**, # heading and - list work."
      value={text}
      maxLength={noteLimits.characters}
      ref={writer}
      onFocus={(event) => event.currentTarget.setSelectionRange(text.length, text.length)}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
