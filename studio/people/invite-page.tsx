import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { ApiFailure } from '../client/api-failure.ts';
import type { CallAnswer } from '../client/call-api.ts';
import { sessionKey } from '../client/session.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import styles from './entry.module.css';
import { EntryFrame } from './entry-frame.tsx';
import { isGoodPassword, noPassword, PasswordFields } from './password-fields.tsx';
import { useInvite } from './people-queries.ts';

type Invite = CallAnswer<'readInvite'>;

/** Where a link to set a password with leads: whose it is, a password of one's own, and in. */
export function InvitePage({ token }: { readonly token: string }) {
  const { data: invite, error, refetch } = useInvite(token);
  if (invite !== undefined)
    return (
      <EntryFrame
        title={invite.sets === 'first' ? 'Welcome to Waybill' : 'Choose a new password'}
        foot="This link works once. If it does not work any more, ask who sent it for a new one."
      >
        <InviteForm token={token} invite={invite} />
      </EntryFrame>
    );
  if (error === null) return null;
  return (
    <EntryFrame
      title="This link does not open"
      foot={
        <>
          You have a password already? <Link href="/sign-in">Sign in</Link>
        </>
      }
    >
      <Failure error={error} onRetry={isRefused(error) ? undefined : () => void refetch()} />
    </EntryFrame>
  );
}

/** A link that was used or ran out is not asked about again. */
function isRefused(error: Error): boolean {
  return error instanceof ApiFailure && error.kind === 'refused';
}

function InviteForm({ token, invite }: { readonly token: string; readonly invite: Invite }) {
  const [, navigate] = useLocation();
  const [password, setPassword] = useState(noPassword);
  const accept = useChange('acceptInvite', {
    stale: [sessionKey],
    onDone: () => navigate('/', { replace: true }),
  });
  const isFirst = invite.sets === 'first';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({ params: { token }, body: { password: password.once } });
      }}
    >
      <p className="wb-muted">
        {isFirst
          ? `Choose a password, ${invite.name}, and your account is ready.`
          : 'Whoever is signed in as you anywhere is signed out by it.'}
      </p>
      <TextInput
        size="sm"
        type="email"
        label="E-mail"
        description="You sign in with this address."
        autoComplete="username"
        readOnly
        value={invite.email}
      />
      <PasswordFields size="sm" value={password} onChange={setPassword} />
      {accept.isError ? <Failure error={accept.error} /> : null}
      <Button
        type="submit"
        size="md"
        fullWidth
        disabled={!isGoodPassword(password)}
        loading={accept.isPending}
      >
        {isFirst ? 'Start' : 'Set it and sign in'}
      </Button>
    </form>
  );
}
