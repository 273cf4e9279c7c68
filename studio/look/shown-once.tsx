import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyLine } from './code-block.tsx';
import styles from './look.module.css';

interface Props {
  /** What it is and for whom. */
  readonly children: ReactNode;
  readonly text: string;
  readonly copyLabel: string;
  /** Name for scripts that read it. */
  readonly testId: string;
  readonly onClose: () => void;
}

/** A text that is shown this once, such as a secret: what it is, the text to copy, the way on. */
export function ShownOnce({ children, text, copyLabel, testId, onClose }: Props) {
  return (
    <div className={styles.once}>
      <p>{children}</p>
      <CopyLine text={text} label={copyLabel} testId={testId} />
      <Group justify="flex-end">
        <Button size="sm" onClick={onClose}>
          Done
        </Button>
      </Group>
    </div>
  );
}

/** The secret of a key that was made or rotated. */
export function SecretOnce({
  id,
  secret,
  onClose,
}: {
  readonly id: string;
  readonly secret: string;
  readonly onClose: () => void;
}) {
  return (
    <ShownOnce text={secret} copyLabel="Copy secret" testId="secret" onClose={onClose}>
      This is the secret of <strong>{id}</strong>. Copy it now: it is shown this once and kept nowhere.
    </ShownOnce>
  );
}
