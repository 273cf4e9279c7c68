import { randomUUID } from 'node:crypto';
import type { calls, SessionView } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { AuditDraft } from '../../governance/audit/audit-entry.ts';
import { accountByEmail, needsSignIn, normalEmail, stateOf } from '../../governance/people/accounts.ts';
import { knownDeviceOf, newKnownDevice } from '../../governance/people/known-device.ts';
import { hashPassword, isPassword } from '../../governance/people/passwords.ts';
import type { StoredAccount } from '../../governance/people/stored-people.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import type { Visit } from '../visit.ts';
import { enter } from './enter.ts';
import { lockedOut } from './locked-out.ts';
import { requireGoodPassword } from './passwords.ts';

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
