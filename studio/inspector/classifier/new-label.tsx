import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { slugPattern } from '#engine/nodes/index.ts';
import { freeSlug } from '../../document/index.ts';
import styles from './classifier.module.css';

/** Adds a label by name; Enter adds. */
export function NewLabel({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[];
  readonly onAdd: (label: string) => void;
}) {
  const [text, setText] = useState('');
  const typed = text.trim();
  const name = slugPattern.test(typed) ? typed : freeSlug(typed, () => false, '');
  const isTaken = taken.includes(name);
  const add = (): void => {
    if (typed === '' || name === '' || isTaken) return;
    onAdd(name);
    setText('');
  };
  return (
    <div className={styles.newLabel}>
      <TextInput
        aria-label="New label"
        placeholder="New label, such as refund"
        maxLength={64}
        value={text}
        error={isTaken && typed !== '' ? `“${name}” is there already.` : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          add();
        }}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={14} />}
        disabled={name === '' || isTaken}
        onClick={add}
      >
        Add label
      </Button>
    </div>
  );
}
