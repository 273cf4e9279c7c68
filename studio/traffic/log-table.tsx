import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { type RecordRow, textOf } from '../client/record-row.ts';
import styles from './log.module.css';
import { logCells } from './log-cells.tsx';
import { rowHeight, useAnchor } from './use-anchor.ts';

/** Older ones are read when so many rows are left below. */
const readAhead = 1_000;

interface Props {
  readonly rows: readonly RecordRow[];
  /** There are older ones. */
  readonly hasMore: boolean;
  readonly onMore: () => void;
  readonly onOpen: (id: string) => void;
}

/** Rows of one height of which only those in view are drawn. The arrows walk, Enter opens; the place is kept when rows come. */
export function LogTable({ rows, hasMore, onMore, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const activeIndex = useActiveIndex(rows, active);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: useCallback((index: number) => idAt(rows, index), [rows]),
    // The row with the focus stays drawn, wherever the view is.
    rangeExtractor: useCallback((range: Range) => withRow(range, activeIndex), [activeIndex]),
  });
  useAnchor(scroller, rows);
  const items = virtual.getVirtualItems();
  const lastDrawn = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (hasMore && lastDrawn > rows.length - readAhead) onMore();
  }, [hasMore, lastDrawn, rows.length, onMore]);
  const onKeyDown = useWalk(scroller, rows, activeIndex, (index) => {
    setActive(idAt(rows, index));
    virtual.scrollToIndex(index);
  });
  return (
    <div className={styles.scroller} ref={scroller} data-log-scroller="">
      {/* biome-ignore lint/a11y/useSemanticElements: rows that are out of view are not there, which a table's layout needs */}
      <div
        role="table"
        aria-label="Requests"
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        className={styles.table}
        onKeyDown={onKeyDown}
      >
        <Head />
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const id = textOf(row, 'id');
            return (
              <LogRow
                key={id}
                row={row}
                index={index}
                top={start}
                isCurrent={index === Math.max(0, activeIndex)}
                onOpen={onOpen}
                onActivate={setActive}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Head() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the table above
    <div role="rowgroup" className={styles.head}>
      {/* biome-ignore lint/a11y/useSemanticElements: part of the table above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: a head is no stop */}
      <div role="row" className={styles.row} aria-rowindex={1}>
        {logCells.map(({ key, head, align }) => (
          // biome-ignore lint/a11y/useSemanticElements: part of the table above
          // biome-ignore lint/a11y/useFocusableInteractive: a head is no stop
          <span key={key} role="columnheader" data-column={key} data-align={align}>
            {head}
          </span>
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: RecordRow;
  readonly index: number;
  readonly top: number;
  /** The one the Tab key reaches. */
  readonly isCurrent: boolean;
  readonly onOpen: (id: string) => void;
  readonly onActivate: (id: string) => void;
}

const LogRow = memo(function LogRow({ row, index, top, isCurrent, onOpen, onActivate }: RowProps) {
  const id = textOf(row, 'id');
  return (
    // biome-ignore lint/a11y/useSemanticElements: part of the table above
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table hears the keys
    <div
      role="row"
      className={styles.row}
      aria-rowindex={index + 2}
      tabIndex={isCurrent ? 0 : -1}
      data-row={id}
      data-status={textOf(row, 'outcome.status')}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(id)}
      onFocus={() => onActivate(id)}
    >
      {logCells.map(({ key, align, cell }) => (
        // biome-ignore lint/a11y/useSemanticElements: part of the table above
        <span key={key} role="cell" data-column={key} data-align={align}>
          {cell(row)}
        </span>
      ))}
    </div>
  );
});

function idAt(rows: readonly RecordRow[], index: number): string {
  const row = rows[index];
  return row === undefined ? '' : textOf(row, 'id');
}

function withRow(range: Range, index: number): number[] {
  const drawn = defaultRangeExtractor(range);
  return index === -1 || drawn.includes(index) ? drawn : [...drawn, index].sort((a, b) => a - b);
}

/** Where the active row stands now; −1 where there is none. Looks first where it was: rows come in above it. */
function useActiveIndex(rows: readonly RecordRow[], active: string | null): number {
  const known = useRef(0);
  if (active === null) return -1;
  if (idAt(rows, known.current) !== active)
    known.current = rows.findIndex((row) => textOf(row, 'id') === active);
  return known.current;
}

const steps: Readonly<Record<string, (at: number, page: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
};

/** Arrows, Page, Home and End move the focus; Enter presses the row. */
function useWalk(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly RecordRow[],
  activeIndex: number,
  moveTo: (index: number) => void,
) {
  return (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.key === 'Enter' && event.target.dataset.row) {
      event.preventDefault();
      event.target.click();
      return;
    }
    const step = steps[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const last = rows.length - 1;
    const index = Math.min(last, Math.max(0, step(Math.max(0, activeIndex), page, last)));
    moveTo(index);
    focusSoon(scroller.current, idAt(rows, index));
  };
}

/** A row out of view is drawn in the frame after it was asked for. */
function focusSoon(scroller: HTMLElement | null, id: string): void {
  let left = 20;
  const attempt = (): void => {
    const row = scroller?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    left -= 1;
    if (row != null) row.focus({ preventScroll: true });
    else if (left > 0) requestAnimationFrame(attempt);
  };
  requestAnimationFrame(attempt);
}
