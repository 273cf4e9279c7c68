import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent, ReactNode } from 'react';
import styles from './look.module.css';

export interface Column<T> {
  readonly key: string;
  readonly head: ReactNode;
  readonly align?: 'right';
  readonly cell: (row: T) => ReactNode;
  /** Present where the table can be sorted by it. */
  readonly sortable?: boolean;
  readonly width?: number | string;
  /** One line, cut off where it does not fit; needs a `width` in percent. */
  readonly truncate?: boolean;
}

export interface Sorting {
  readonly by: string;
  readonly descending: boolean;
}

interface Props<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
}

/** A plain table: rows open on click and Enter where they can be opened, heads sort where they can. */
export function DataTable<T>({ label, columns, rows, keyOf, onOpen, sorting, onSort }: Props<T>) {
  return (
    <div className={styles['table-wrap']}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...opening(row, onOpen)}>
              {columns.map(({ key, align, truncate, cell }) => (
                <td key={key} data-align={align} data-truncate={truncate}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function opening<T>(row: T, onOpen: ((row: T) => void) | undefined): object {
  if (onOpen === undefined) return {};
  return {
    'data-clickable': true,
    tabIndex: 0,
    onClick: () => onOpen(row),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row);
    },
  };
}

function Head<T>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<T>;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
}) {
  const { key, head, align, width, sortable } = column;
  const mine = sorting?.by === key ? sorting : null;
  const order = mine === null ? undefined : mine.descending ? 'descending' : 'ascending';
  const Arrow = mine?.descending === true ? IconArrowDown : IconArrowUp;
  return (
    <th scope="col" data-align={align} style={{ width }} aria-sort={order}>
      {sortable === true && onSort !== undefined ? (
        <button
          type="button"
          className={styles.sort}
          onClick={() =>
            onSort({ by: key, descending: mine === null ? align === 'right' : !mine.descending })
          }
        >
          {head}
          {mine === null ? null : <Arrow size={12} stroke={2} aria-hidden="true" />}
        </button>
      ) : (
        head
      )}
    </th>
  );
}
