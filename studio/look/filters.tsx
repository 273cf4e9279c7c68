import { Button, TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './look.module.css';

/** What a list is narrowed to, in a line above it. */
export function FilterRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}

interface SearchFieldProps extends Omit<TextInputProps, 'onChange'> {
  readonly onSearch: (text: string) => void;
}

/** A text to look for; as wide as the line leaves room. */
export function SearchField({ onSearch, ...props }: SearchFieldProps) {
  return (
    <TextInput
      className={styles.search ?? ''}
      size="xs"
      leftSection={<IconSearch size={14} stroke={1.6} />}
      onChange={(event) => onSearch(event.currentTarget.value)}
      {...props}
    />
  );
}

/** How many there are of what a list is narrowed to, at the end of the line. */
export function FoundCount({ children }: { readonly children: string }) {
  return (
    <span className={styles.found} role="status">
      {children}
    </span>
  );
}

/** One thing a list is narrowed to, and the way to be rid of it. */
export function FilterChip({ text, onRemove }: { readonly text: string; readonly onRemove: () => void }) {
  return (
    <Button
      variant="light"
      size="compact-sm"
      rightSection={<IconX size={12} stroke={2} aria-hidden="true" />}
      aria-label={`Remove the filter ${text}`}
      onClick={onRemove}
    >
      {text}
    </Button>
  );
}
