import { useRef } from 'react';

/**
 * A key for every row that has no name of its own. It stays with its row while the row changes, and while rows before it
 * are taken away: `drop` says which one goes. New rows are behind the others.
 */
export function useRowKeys(count: number): {
  readonly keyAt: (index: number) => number;
  readonly drop: (index: number) => void;
} {
  const rows = useRef<{ next: number; keys: number[] }>({ next: 0, keys: [] });
  const { keys } = rows.current;
  keys.length = Math.min(keys.length, count);
  while (keys.length < count) {
    keys.push(rows.current.next);
    rows.current.next += 1;
  }
  return {
    keyAt: (index) => keys[index] ?? index,
    drop: (index) => void keys.splice(index, 1),
  };
}
