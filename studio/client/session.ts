import { useQuery } from '@tanstack/react-query';
import { type CallAnswer, callApi } from './call-api.ts';
import { contract } from './contract.ts';
import { knownSession, type Session, sessionKey } from './known-session.ts';
import { signInAgain } from './sign-in-again.ts';

export { type Person, type Session, sessionKey } from './known-session.ts';

/** Who is signed in, or that nobody is, or that nobody needs to be. Asked again whenever that changes. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => readSession(signal),
    staleTime: 60_000,
    gcTime: Number.POSITIVE_INFINITY,
    refetchInterval: (query) => (query.state.status === 'error' ? 3_000 : false),
    retryOnMount: false,
    refetchOnReconnect: false,
  });
}

/**
 * The session now. One that ended while somebody works is asked for again where they are, and what was known of it
 * stays: the page they work on is not taken from them.
 */
async function readSession(signal: AbortSignal): Promise<Session> {
  const session = await sessionOf(await callApi('readSession', {}, signal));
  const before = knownSession();
  if (session.state !== 'signed_out' || (before?.me?.email ?? '') === '') return session;
  void signInAgain();
  return before ?? session;
}

/** What the server said of the session, as the studio uses it. */
export async function sessionOf({ state, me, csrf, signOn }: CallAnswer<'readSession'>): Promise<Session> {
  const { permissions, mayCall } = await contract();
  const allowed = permissions.filter((permission) => me === null || mayCall(me, permission));
  return { state, me, csrf, signOn: signOn?.name ?? null, allowed: new Set(allowed) };
}
