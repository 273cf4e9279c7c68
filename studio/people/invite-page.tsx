import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { sessionKey } from '../client/session.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './entry.module.css';
import { EntryFrame } from './entry-frame.tsx';
import { isGoodPassword, noPassword, PasswordFields } from './password-fields.tsx';

/** Accepting an invitation: a password of one's own, and in. */
export function InvitePage({ token }: { readonly token: string }) {
  const [, navigate] = useLocation();
  const [password, setPassword] = useState(noPassword);
  const accept = useChange('acceptInvite', {
    stale: [sessionKey],
    onDone: () => navigate('/', { replace: true }),
  });
  return (
    <EntryFrame
      title="Welcome to Waybill"
      foot="This link works once. If it does not work any more, ask who invited you for a new one."
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate({ params: { token }, body: { password: password.once } });
        }}
      >
        <p className="wb-muted">Choose a password, and your account is ready.</p>
        <PasswordFields size="sm" value={password} onChange={setPassword} />
        {accept.isError ? <Failure error={accept.error} /> : null}
        <Button
          type="submit"
          size="md"
          fullWidth
          disabled={!isGoodPassword(password)}
          loading={accept.isPending}
        >
          Start
        </Button>
      </form>
    </EntryFrame>
  );
}
