import { IconGripVertical } from '@tabler/icons-react';
import { type DragEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import styles from './inspector.module.css';

/** A list in an order that matters: dragged by the grip, or moved with the arrow keys while the grip has the focus. */
export function SortableList<T>({
  items,
  keyOf,
  nameOf,
  readOnly,
  onMove,
  children,
}: {
  readonly items: readonly T[];
  readonly keyOf: (item: T, index: number) => string;
  readonly nameOf: (item: T, index: number) => string;
  readonly readOnly: boolean;
  /** Take the item at `from` out and put it in at `to`. */
  readonly onMove: (from: number, to: number) => void;
  readonly children: (item: T, index: number) => ReactNode;
}) {
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const to = index + (event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0);
    if (to === index || to < 0 || to >= items.length) return;
    event.preventDefault();
    const grips = event.currentTarget
      .closest('ol')
      ?.querySelectorAll<HTMLElement>(':scope > li > [data-grip]');
    onMove(index, to);
    requestAnimationFrame(() => grips?.[to]?.focus());
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    if (dragged !== null && over !== null && over !== dragged) onMove(dragged, over);
    setDragged(null);
    setOver(null);
  };
  return (
    <ol className={styles.items}>
      {items.map((item, index) => (
        <li
          key={keyOf(item, index)}
          className={styles.item}
          data-dragged={dragged === index || undefined}
          data-over={
            over === index && dragged !== index ? (index > (dragged ?? 0) ? 'after' : 'before') : undefined
          }
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver(index);
          }}
          onDrop={onDrop}
        >
          {!readOnly && items.length > 1 && (
            <button
              type="button"
              className={styles.grip}
              data-grip=""
              draggable
              aria-label={`Move ${nameOf(item, index)}, ${index + 1} of ${items.length}: arrow up, arrow down`}
              onKeyDown={(event) => onKeyDown(event, index)}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                setDragged(index);
              }}
              onDragEnd={() => {
                setDragged(null);
                setOver(null);
              }}
            >
              <IconGripVertical size={14} stroke={1.75} />
            </button>
          )}
          <div className={styles.itemBody}>{children(item, index)}</div>
        </li>
      ))}
    </ol>
  );
}

/** A list with one item put elsewhere. */
export function moved<T>(items: readonly T[], from: number, to: number): T[] {
  const item = items[from];
  if (item === undefined) return [...items];
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}
