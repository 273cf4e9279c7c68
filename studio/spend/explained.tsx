import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './spend.module.css';

/** A word with what is behind it, on hover and focus. */
export function Explained({ children, by }: { readonly children: ReactNode; readonly by: string }) {
  return (
    <Tooltip label={by} multiline w={300} events={{ hover: true, focus: true, touch: true }}>
      <button type="button" className={styles.explained}>
        {children}
      </button>
    </Tooltip>
  );
}
