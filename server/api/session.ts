import { randomUUID } from 'node:crypto';
import type { calls, SessionView } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import type { AuditDraft } from '../governance/audit/audit-entry.ts';
import {
  accountByEmail,
  accountById,
  needsSignIn,
  normalEmail,
  stateOf,
} from '../governance/people/accounts.ts';
import { knownDeviceOf, newKnownDevice } from '../governance/people/known-device.ts';
import { hashPassword, isPassword, whyRefused } from '../governance/people/passwords.ts';
import { hashToken } from '../governance/people/sessions.ts';
import type { StoredAccount } from '../governance/people/stored-people.ts';
import type { Configuration } from '../store/config-store.ts';
import { enter } from './enter.ts';
import type { Handler } from './handler.ts';
import type { Installation } from './installation.ts';
import type { Visit } from './visit.ts';

export const readSession: Handler<typeof calls.readSession> = ({ visit: { entry } }, { store }) => {
  const state = store.read();
  const signOn = state.signOn?.enabled === true ? { name: state.signOn.name } : null;
  if (entry.kind === 'nobody') return { state: 'signed_out', me: null, csrf: null, signOn };
  if (entry.kind === 'account') return viewOfEntry(entry.account, entry.csrf, signOn);
  if (entry.kind === 'open' || !needsSignIn(state))
    return { state: 'open', me: null, csrf: entry.kind === 'admin' ? entry.csrf : null, signOn };
  const me = {
    id: 'admin',
    name: 'Admin token',
    email: '',
    grants: [{ role: 'owner', team: null } as const],
  };
  return { state: 'signed_in', me, csrf: entry.csrf, signOn };
};

function viewOfEntry(
  { id, name, email, grants }: StoredAccount,
  csrf: string,
  signOn: SessionView['signOn'],
): SessionView {
  return { state: 'signed_in', me: { id, name, email, grants: [...grants] }, csrf, signOn };
}

export const signIn: Handler<typeof calls.signIn> = async ({ body, visit }, installation) => {
  const { store, lockOut } = installation;
  const account = accountByEmail(store.read(), body.email);
  const passwordHash = account?.passwordHash ?? null;
  const attempt = {
    email: normalEmail(body.email),
    address: visit.address,
    knownDevice: knownDeviceOf(visit.knownDevice, passwordHash),
  };
  const waitMs = lockOut.begin(attempt);
  if (waitMs > 0) throw lockedOut(waitMs, visit);
  if (!(await isPassword(passwordHash, body.password))) {
    await recordFailure(installation, visit, account, body.email);
    throw new ApiFailure(401, 'wrong_credentials', 'E-mail address or password is wrong.');
  }
  lockOut.succeeded(attempt);
  if (account === undefined || stateOf(account) === 'deactivated')
    throw new ApiFailure(
      403,
      'deactivated',
      'This account is deactivated. An owner or admin can bring it back.',
    );
  const view = await enter(installation, visit, account.id, { action: 'session.start', by: 'password' });
  if (passwordHash !== null) visit.keepDevice(newKnownDevice(passwordHash));
  return view;
};

function lockedOut(waitMs: number, visit: Visit): ApiFailure {
  const seconds = Math.ceil(waitMs / 1_000);
  visit.setHeader('retry-after', String(seconds));
  const when = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
  return new ApiFailure(429, 'locked_out', `Too many wrong passwords. Try again in ${when}.`);
}

async function recordFailure(
  { store, failedSignIns }: Installation,
  visit: Visit,
  account: StoredAccount | undefined,
  email: string,
): Promise<void> {
  const counted = failedSignIns.count();
  if (counted === null) return;
  const left = counted.leftOut === 0 ? {} : { leftOut: counted.leftOut };
  await store.update(
    {
      actor: 'nobody',
      action: 'session.refuse',
      // What is typed for an address is now and then a password: addresses of nobody are not put on record.
      subject: account === undefined ? 'unknown address' : account.email,
      before: null,
      after: {
        ...(account === undefined ? { atSign: email.includes('@') } : { account: account.id }),
        ...left,
      },
      address: visit.address,
    },
    (state) => state,
  );
}

export const signOut: Handler<typeof calls.signOut> = async ({ visit, actor }, { store }) => {
  const { entry } = visit;
  if (entry.kind === 'account') {
    const { id } = entry.session;
    await store.update(
      {
        actor,
        action: 'session.end',
        subject: entry.account.email,
        before: { session: id, account: entry.account.id },
        after: null,
        address: visit.address,
      },
      (state) => ({ ...state, sessions: state.sessions.filter((session) => session.id !== id) }),
    );
  }
  visit.keepSession(null);
  return {};
};

export const createOwner: Handler<typeof calls.createOwner> = async (
  { body, visit, actor },
  installation,
) => {
  const { store, clock } = installation;
  if (visit.entry.kind === 'nobody' && !needsSignIn(store.read())) throw visit.entry.denial;
  requireNoOwner(store.read());
  requireGoodPassword(body.password, body);
  const passwordHash = await hashPassword(body.password);
  const account: StoredAccount = {
    ...aNewAccount({ email: body.email, name: body.name, by: actor, at: new Date(clock()).toISOString() }),
    grants: [{ role: 'owner', team: null }],
    passwordHash,
  };
  const audit: AuditDraft = {
    actor,
    action: 'account.create',
    subject: account.email,
    before: null,
    after: { account: account.id, name: account.name, grants: account.grants },
    address: visit.address,
  };
  await store.update(audit, (state) => {
    requireNoOwner(state);
    const others = state.accounts.filter((one) => normalEmail(one.email) !== normalEmail(account.email));
    return { ...state, accounts: [...others, account] };
  });
  const view = await enter(installation, visit, account.id, { action: 'session.start', by: 'password' });
  visit.keepDevice(newKnownDevice(passwordHash));
  return view;
};

function requireNoOwner(state: Configuration): void {
  if (!needsSignIn(state)) return;
  throw new ApiFailure(
    409,
    'owner_exists',
    'There is an owner already: sign in, or ask them for an invitation.',
  );
}

/** An account that nobody can sign in to yet. */
export function aNewAccount(of: {
  readonly email: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
}): StoredAccount {
  return {
    id: `acc_${randomUUID().replaceAll('-', '')}`,
    email: of.email,
    name: of.name,
    grants: [],
    passwordHash: null,
    signOn: null,
    link: null,
    deactivatedAt: null,
    createdAt: of.at,
    createdBy: of.by,
    lastSignInAt: null,
    revision: 1,
  };
}

/** @throws {ApiFailure} `invalid_request` with what would be right. */
export function requireGoodPassword(
  password: string,
  who: { readonly email: string; readonly name: string },
): void {
  const message = whyRefused(password, who);
  if (message === undefined) return;
  throw new ApiFailure(400, 'invalid_request', message, { fields: [{ field: 'password', message }] });
}

export const acceptInvite: Handler<typeof calls.acceptInvite> = async (
  { params: { token }, body, visit },
  installation,
) => {
  const { store, clock } = installation;
  const tokenSha256 = hashToken(token);
  const linked = ({ accounts }: Configuration) => {
    const account = accounts.find(({ link }) => link?.tokenSha256 === tokenSha256);
    const isGood =
      account !== undefined &&
      account.deactivatedAt === null &&
      Date.parse(account.link?.expiresAt ?? '') > clock();
    if (isGood) return account;
    throw new ApiFailure(
      404,
      'link_invalid',
      'This link is not good any more: it was used, replaced or ran out. Ask for a new one.',
    );
  };
  const account = linked(store.read());
  requireGoodPassword(body.password, account);
  const passwordHash = await hashPassword(body.password);
  const { email, id } = account;
  const action = stateOf(account) === 'invited' ? 'account.accept' : 'account.password';
  await store.update(
    { actor: email, action, subject: email, before: null, after: { account: id }, address: visit.address },
    (state) => withPassword(state, linked(state), passwordHash),
  );
  const view = await enter(installation, visit, id, { action: 'session.start', by: 'link' });
  visit.keepDevice(newKnownDevice(passwordHash));
  return view;
};

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
