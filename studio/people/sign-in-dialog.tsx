import { Button, Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { callApi } from '../client/call-api.ts';
import { queryClient } from '../client/query-client.ts';
import { type Session, sessionKey, sessionOf, useSession } from '../client/session.ts';
import { settleSignIn } from '../client/sign-in-again.ts';
import styles from './people.module.css';
import { signedInPath, signInPath } from './return-path.ts';
import { SignInForm } from './sign-in-form.tsx';

/** The session ended while somebody worked: they sign in where they are, and what they were doing goes on. */
export function SignInDialog() {
  const [location] = useLocation();
  const session = useSession().data;
  const look = useReturn(session?.me?.id ?? '');
  const leave = () => {
    settleSignIn(false);
    window.location.assign(signInPath(location));
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Sign in again"
      size={400}
      zIndex={1_000}
    >
      <div className={styles.form}>
        <p className="wb-muted">
          Your session has ended. What you were doing is still here and goes on when you are back.
        </p>
        <SignInForm
          email={session?.me?.email ?? ''}
          signOn={session?.signOn ?? null}
          backTo={signedInPath}
          onDone={look}
        />
        <Button variant="subtle" color="gray" onClick={leave}>
          Sign in as somebody else
        </Button>
      </div>
    </Modal>
  );
}

/**
 * Goes on when there is a session again, which may have been made in another tab: looks when this one is looked at. Answers
 * how to look now. Somebody else than before gets a page of their own, not the work of whom they relieve.
 */
function useReturn(before: string): () => void {
  useEffect(() => {
    const look = () => void goOn(before);
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [before]);
  return () => void goOn(before);
}

async function goOn(before: string): Promise<void> {
  const session: Session = await sessionOf(await callApi('readSession', {}));
  if (session.state === 'signed_out') return;
  if (session.me?.id !== before) return window.location.assign('/');
  queryClient.setQueryData(sessionKey, session);
  settleSignIn(true);
}
