import { Failure } from '../look/feedback.tsx';

/** Only sentences of ours are shown: an address can be made up by anybody. */
const sentences: Readonly<Record<string, string>> = {
  not_invited: 'You are known there, but have no account here. An owner or admin gives your group a role.',
  wrong_domain: 'Single sign-on is not open to addresses of your domain.',
  not_verified: 'Your e-mail address is not verified there. Have it verified, and try again.',
  deactivated: 'Your account is deactivated. An owner or admin can bring it back.',
  expired: 'That took too long. Start again.',
};

/** What went wrong at single sign-on, as its way back told it. */
export function SignOnFailure({ search }: { readonly search: string }) {
  const problem = new URLSearchParams(search).get('problem');
  if (problem === null) return null;
  return (
    <div style={{ marginBottom: 14 }}>
      <Failure
        error={sentences[problem] ?? 'Single sign-on did not succeed. Start again, or use a password.'}
      />
    </div>
  );
}
