import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { accountById, normalEmail, stateOf } from '../../governance/people/accounts.ts';
import { newKnownDevice } from '../../governance/people/known-device.ts';
import { hashPassword, isPassword, whyRefused } from '../../governance/people/passwords.ts';
import { hashToken } from '../../governance/people/sessions.ts';
import type { StoredAccount } from '../../governance/people/stored-people.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import { enter } from './enter.ts';
import { lockedOut } from './locked-out.ts';

/** @throws {ApiFailure} `invalid_request` with what would be right. */
export function requireGoodPassword(
  password: string,
  who: { readonly email: string; readonly name: string },
): void {
  const message = whyRefused(password, who);
  if (message === undefined) return;
  throw new ApiFailure(400, 'invalid_request', message, { fields: [{ field: 'password', message }] });
}

export const readInvite: Handler<typeof calls.readInvite> = ({ params: { token } }, { store, clock }) => {
  const account = linkedBy(token, store.read(), clock());
  const sets = stateOf(account) === 'invited' ? 'first' : 'new';
  return { name: account.name, email: account.email, sets };
};

export const acceptInvite: Handler<typeof calls.acceptInvite> = async (
  { params: { token }, body, visit },
  installation,
) => {
  const { store, clock } = installation;
  const account = linkedBy(token, store.read(), clock());
  requireGoodPassword(body.password, account);
  const passwordHash = await hashPassword(body.password);
  const { email, id } = account;
  const action = stateOf(account) === 'invited' ? 'account.accept' : 'account.password';
  await store.update(
    { actor: email, action, subject: email, before: null, after: { account: id }, address: visit.address },
    (state) => withPassword(state, linkedBy(token, state, clock()), passwordHash),
  );
  const view = await enter(installation, visit, id, { action: 'session.start', by: 'link' });
  visit.keepDevice(newKnownDevice(passwordHash));
  return view;
};

/** @throws {ApiFailure} `link_invalid` where nobody can use it any more. */
function linkedBy(token: string, { accounts }: Configuration, now: number): StoredAccount {
  const tokenSha256 = hashToken(token);
  const account = accounts.find(({ link }) => link?.tokenSha256 === tokenSha256);
  const isGood =
    account !== undefined &&
    account.deactivatedAt === null &&
    Date.parse(account.link?.expiresAt ?? '') > now;
  if (isGood) return account;
  throw new ApiFailure(
    404,
    'link_invalid',
    'This link is not good any more: it was used, replaced or ran out. Ask for a new one.',
  );
}

/** A new password ends every session and every link. */
function withPassword(state: Configuration, account: StoredAccount, passwordHash: string): Configuration {
  const changed = { ...account, passwordHash, link: null, revision: account.revision + 1 };
  return {
    ...state,
    accounts: state.accounts.map((one) => (one.id === account.id ? changed : one)),
    sessions: state.sessions.filter((session) => session.account !== account.id),
  };
}

export const changePassword: Handler<typeof calls.changePassword> = async (
  { body, visit, actor },
  installation,
) => {
  const { store, lockOut } = installation;
  if (visit.entry.kind !== 'account')
    throw new ApiFailure(
      409,
      'no_account',
      'Only somebody who is signed in with an account has a password here.',
    );
  const { account } = visit.entry;
  const attempt = {
    email: normalEmail(account.email),
    address: visit.address,
    knownDevice: `session ${account.id}`,
  };
  const waitMs = lockOut.begin(attempt);
  if (waitMs > 0) throw lockedOut(waitMs, visit);
  if (!(await isPassword(account.passwordHash, body.current))) {
    const message = 'This is not the present password.';
    throw new ApiFailure(400, 'invalid_request', message, { fields: [{ field: 'current', message }] });
  }
  lockOut.succeeded(attempt);
  requireGoodPassword(body.password, account);
  const passwordHash = await hashPassword(body.password);
  await store.update(
    {
      actor,
      action: 'account.password',
      subject: account.email,
      before: null,
      after: { account: account.id },
      address: visit.address,
    },
    (state) => {
      const there = accountById(state, account.id);
      if (there?.passwordHash !== account.passwordHash)
        throw new ApiFailure(
          409,
          'revision_conflict',
          'The password was changed meanwhile. Sign in with the new one.',
        );
      return withPassword(state, there, passwordHash);
    },
  );
  const view = await enter(installation, visit, account.id, { action: 'session.start', by: 'password' });
  visit.keepDevice(newKnownDevice(passwordHash));
  return view;
};
