import { Button, Group } from '@mantine/core';
import { Copy } from '../look/code-block.tsx';
import styles from './teams.module.css';

/** A secret that is shown this once. */
export function SecretOnce({
  id,
  secret,
  note,
  onClose,
}: {
  readonly id: string;
  readonly secret: string;
  readonly note?: string;
  readonly onClose: () => void;
}) {
  return (
    <div className={styles.form}>
      <p className={styles.say}>
        This is the secret of <strong>{id}</strong>. Copy it now: it is shown this once and kept nowhere.
        {note === undefined ? '' : ` ${note}`}
      </p>
      <div className={styles.secret}>
        <code className="wb-code" data-testid="secret">
          {secret}
        </code>
        <Copy text={secret} label="Copy secret" />
      </div>
      <Group justify="flex-end">
        <Button size="sm" onClick={onClose}>
          Done
        </Button>
      </Group>
    </div>
  );
}
