import { randomUUID } from 'node:crypto';
import type { SessionView } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { accountById, stateOf, withAccount } from '../../governance/people/accounts.ts';
import { csrfOf, hashToken, longestMs, newToken, withSession } from '../../governance/people/sessions.ts';
import type { StoredSession } from '../../governance/people/stored-people.ts';
import type { Installation } from '../installation.ts';
import type { Visit } from '../visit.ts';

/**
 * Signs a browser in to an account: always with a new id, so that one that was planted before is worth nothing; the
 * session it had until now ends.
 *
 * @throws {ApiFailure} `deactivated` where the account has gone meanwhile.
 */
export async function enter(
  { store, clock }: Installation,
  visit: Visit,
  accountId: string,
  how: { readonly action: string; readonly by: 'password' | 'link' | 'sign_on' },
): Promise<SessionView> {
  const token = newToken();
  const now = clock();
  const at = new Date(now).toISOString();
  const session: StoredSession = {
    id: `ses_${randomUUID().replaceAll('-', '')}`,
    account: accountId,
    tokenSha256: hashToken(token),
    device: visit.device,
    address: visit.address,
    createdAt: at,
    seenAt: at,
  };
  const replaced = visit.entry.kind === 'account' ? visit.entry.session.id : null;
  const email = accountById(store.read(), accountId)?.email ?? accountId;
  const state = await store.update(
    {
      actor: email,
      action: how.action,
      subject: email,
      before: null,
      after: { account: accountId, session: session.id, by: how.by, device: visit.device },
      address: visit.address,
    },
    (before) => {
      const account = accountById(before, accountId);
      if (account === undefined || stateOf(account) !== 'active')
        throw new ApiFailure(
          403,
          'deactivated',
          'This account is deactivated. An owner or admin can bring it back.',
        );
      const others = before.sessions.filter(({ id }) => id !== replaced);
      return {
        ...withAccount(before, { ...account, lastSignInAt: at }),
        sessions: withSession(others, session, now),
      };
    },
  );
  visit.keepSession(token, longestMs);
  const account = accountById(state, accountId);
  if (account === undefined) throw new Error('Who signed in is not there.');
  const { id, name, grants } = account;
  return {
    state: 'signed_in',
    me: { id, name, email: account.email, grants: [...grants] },
    csrf: csrfOf(token),
    signOn: state.signOn?.enabled === true ? { name: state.signOn.name } : null,
  };
}
