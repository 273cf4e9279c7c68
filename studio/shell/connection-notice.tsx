import { Button, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { writeAdminToken } from '../client/admin-token.ts';
import { useConnectionState } from '../client/connection.ts';
import { useStatus } from '../client/queries.ts';
import { queryClient } from '../client/query-client.ts';
import styles from './shell.module.css';

/** Says when the server is gone, and asks for the admin token where it wants one. */
export function ConnectionNotice() {
  const state = useConnectionState();
  useStatus();
  if (state === 'online') return null;
  if (state === 'locked') return <TokenDialog />;
  return (
    <div className={styles.notice} role="status">
      <span className={styles['notice-dot']} />
      <span>
        <strong>The Waybill server does not answer.</strong>{' '}
        <span className="wb-muted">Trying again; your changes stay in this tab.</span>
      </span>
    </div>
  );
}

function TokenDialog() {
  const [token, setToken] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    writeAdminToken(token.trim());
    void queryClient.invalidateQueries();
  };
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} title="This studio is locked" size="sm">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            The server asks for the token it was started with (WAYBILL_ADMIN_TOKEN). It is kept for this
            browser tab only.
          </Text>
          <PasswordInput
            label="Admin token"
            data-autofocus
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={token.trim() === ''}>
            Unlock
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
