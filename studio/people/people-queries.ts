import { useQuery } from '@tanstack/react-query';
import { type CallAnswer, callApi } from '../client/call-api.ts';

export const accountsKey = ['accounts'];
export const signOnKey = ['sign-on'];

export type Account = CallAnswer<'listAccounts'>['accounts'][number];

export function useAccounts() {
  return useQuery({
    queryKey: accountsKey,
    queryFn: ({ signal }) => callApi('listAccounts', {}, signal),
  });
}

/** Where somebody is signed in. */
export function useSessionsOf(account: string) {
  return useQuery({
    queryKey: [...accountsKey, account, 'sessions'],
    queryFn: ({ signal }) => callApi('listSessions', { params: { id: account } }, signal),
  });
}

/** Whose a link to set a password with is. */
export function useInvite(token: string) {
  return useQuery({
    queryKey: ['invite', token],
    queryFn: ({ signal }) => callApi('readInvite', { params: { token } }, signal),
    // Setting the password uses it up: it is not asked about again behind the form.
    staleTime: Infinity,
  });
}

export function useSignOn() {
  return useQuery({
    queryKey: signOnKey,
    queryFn: ({ signal }) => callApi('readSignOn', {}, signal),
  });
}
