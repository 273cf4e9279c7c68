import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { forgetAdminToken, writeAdminToken } from '../client/admin-token.ts';
import { callApi } from '../client/call-api.ts';
import { sessionKey, sessionOf } from '../client/session.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './entry.module.css';

/** For whoever runs the server and has no account: the token it was started with. */
export function TokenDoor() {
  const [isOpen, setOpen] = useState(false);
  const [token, setToken] = useState('');
  const client = useQueryClient();
  const enter = useMutation({
    mutationFn: () => enterWith(token.trim()),
    onSuccess: (session) => client.setQueryData(sessionKey, session),
  });
  if (!isOpen) {
    return (
      <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setOpen(true)}>
        Use the admin token
      </Button>
    );
  }
  return (
    <form
      className={styles.token}
      aria-label="Admin token"
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate();
      }}
    >
      <PasswordInput
        size="sm"
        label="Admin token"
        description="What the server was started with (WAYBILL_ADMIN_TOKEN). It is kept for this browser tab only."
        autoComplete="off"
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show the token' }}
        value={token}
        onChange={(event) => setToken(event.currentTarget.value)}
      />
      {enter.isError ? <Failure error={enter.error} /> : null}
      <Button
        type="submit"
        variant="default"
        size="sm"
        disabled={token.trim() === ''}
        loading={enter.isPending}
      >
        Unlock
      </Button>
    </form>
  );
}

/** @throws where the token does not let in; it is forgotten then. */
async function enterWith(token: string) {
  writeAdminToken(token);
  try {
    const session = await sessionOf(await callApi('readSession', {}));
    if (session.state !== 'signed_out') return session;
    throw new Error('That is not the token this server was started with.');
  } catch (error) {
    forgetAdminToken();
    throw error;
  }
}
