import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useSession } from '../client/session.ts';
import { EntryFrame } from './entry-frame.tsx';
import { returnPath } from './return-path.ts';
import { SignInForm } from './sign-in-form.tsx';
import { SignOnFailure } from './sign-on-failure.tsx';
import { TokenDoor } from './token-door.tsx';

/** Who are you? Leads back to where somebody wanted to go. */
export function SignInPage() {
  const search = useSearch();
  const [, navigate] = useLocation();
  const session = useSession();
  const backTo = returnPath(search);
  const isOut = session.data?.state === 'signed_out';
  useEffect(() => {
    if (session.data !== undefined && !isOut) navigate(backTo, { replace: true });
  }, [session.data, isOut, backTo, navigate]);
  return (
    <EntryFrame
      title="Sign in to Waybill"
      foot={
        <>
          No account yet? An owner or admin invites you by a link. <TokenDoor />
        </>
      }
    >
      <SignOnFailure search={search} />
      <SignInForm
        signOn={session.data?.signOn ?? null}
        backTo={backTo}
        onDone={() => navigate(backTo, { replace: true })}
      />
    </EntryFrame>
  );
}
