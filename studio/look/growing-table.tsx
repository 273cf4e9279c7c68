import { useEffect, useRef, useState } from 'react';
import { type Column, DataTable, type Sorting } from './table.tsx';

const step = 100;

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
}

/** A long table that draws its first rows and goes on as its end comes into view. */
export function GrowingTable<T>({ rows, ...rest }: Props<T>) {
  const [count, setCount] = useState(step);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (element === null || count >= rows.length) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting === true) setCount((before) => before + step);
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [count, rows.length]);
  return (
    <>
      <DataTable {...rest} rows={rows.slice(0, count)} />
      <div ref={end} />
    </>
  );
}
