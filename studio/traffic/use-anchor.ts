import { type RefObject, useLayoutEffect, useRef } from 'react';
import { type RecordRow, textOf } from '../client/record-row.ts';

/** Every row of the log is so high, px. */
export const rowHeight = 36;

/**
 * Keeps what somebody reads where it is when rows come in above it: the first row in view moves by as much as came. At the
 * very top nothing is held, so that the newest are seen as they come.
 */
export function useAnchor(scroller: RefObject<HTMLDivElement | null>, rows: readonly RecordRow[]): void {
  const before = useRef(rows);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = rows;
    const element = scroller.current;
    if (element === null || old === rows || element.scrollTop < rowHeight / 2) return;
    const index = Math.floor(element.scrollTop / rowHeight);
    const moved = movedBy(old, rows, index);
    if (moved > 0) element.scrollTop += moved * rowHeight;
  }, [scroller, rows]);
}

/** By how many rows the one at an index was pushed down; 0 where it is gone. */
export function movedBy(old: readonly RecordRow[], rows: readonly RecordRow[], index: number): number {
  const anchor = old[index];
  if (anchor === undefined || rows[index] === anchor) return 0;
  const id = textOf(anchor, 'id');
  const most = Math.min(rows.length, index + Math.max(0, rows.length - old.length) + 1);
  for (let at = index; at < most; at += 1) {
    const row = rows[at];
    if (row !== undefined && textOf(row, 'id') === id) return at - index;
  }
  return 0;
}
