import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useRowKeys } from '../look/use-row-keys.ts';
import styles from './people.module.css';

interface Props<T> {
  readonly rows: readonly T[];
  readonly onChange: (rows: readonly T[]) => void;
  /** What a row is, such as `role`. */
  readonly noun: string;
  /** What a row begins with. */
  readonly blank: T;
  readonly className: string | undefined;
  /** The controls of one row; `number` counts from 1. */
  readonly children: (row: T, onRow: (row: T) => void, number: number) => ReactNode;
}

/** Rows that are changed in place, taken away and added to. */
export function RowsField<T>({ rows, onChange, noun, blank, className, children }: Props<T>) {
  const rowKeys = useRowKeys(rows.length);
  return (
    <div className={styles.rows}>
      {rows.map((row, index) => (
        <div key={rowKeys.keyAt(index)} className={className}>
          {children(row, (next) => onChange(rows.with(index, next)), index + 1)}
          <ActionIcon
            size={30}
            aria-label={`Take ${noun} ${index + 1} away`}
            onClick={() => {
              rowKeys.drop(index);
              onChange(rows.toSpliced(index, 1));
            }}
          >
            <IconX size={15} stroke={1.7} />
          </ActionIcon>
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} stroke={2} />}
          onClick={() => onChange([...rows, blank])}
        >
          {`Add a ${noun}`}
        </Button>
      </div>
    </div>
  );
}
