import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { accountById } from '../../governance/people/accounts.ts';
import { hasEnded } from '../../governance/people/sessions.ts';
import type { Handler } from '../handler.ts';
import { isReadable, requireOver, requireReadable } from './people.ts';

export const listSessions: Handler<typeof calls.listSessions> = (
  { params: { id }, principal, visit: { entry } },
  { store, clock },
) => {
  const state = store.read();
  // The admin token's browsers have no account and are not counted.
  if (id === 'admin' && entry.kind === 'admin') return { sessions: [] };
  const account = requireReadable(state, id, principal);
  const own = state.sessions.filter(
    (session) => session.account === account.id && !hasEnded(session, clock()),
  );
  const current = entry.kind === 'account' ? entry.session.id : null;
  return {
    sessions: own
      .map((session) => ({
        id: session.id,
        device: session.device,
        current: session.id === current,
        lastSeenAt: session.seenAt,
      }))
      .sort((one, other) => (one.lastSeenAt < other.lastSeenAt ? 1 : -1)),
  };
};

export const revokeSession: Handler<typeof calls.revokeSession> = async (
  { params: { id }, principal, actor, visit },
  { store },
) => {
  const state = store.read();
  const session = state.sessions.find((one) => one.id === id);
  const account = session === undefined ? undefined : accountById(state, session.account);
  if (session === undefined || account === undefined || !isReadable(account, principal)) throw isMissing(id);
  if (account.id !== principal.account) requireOver(principal, account);
  await store.update(
    {
      actor,
      action: 'session.revoke',
      subject: account.email,
      before: { session: id, account: account.id, device: session.device },
      after: null,
      address: visit.address,
    },
    (now) => ({ ...now, sessions: now.sessions.filter((one) => one.id !== id) }),
  );
  if (visit.entry.kind === 'account' && visit.entry.session.id === id) visit.keepSession(null);
  return {};
};

function isMissing(id: string): ApiFailure {
  return new ApiFailure(404, 'session_missing', `There is no session "${id}".`);
}
