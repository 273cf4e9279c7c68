import { type calls, mayIn, type Principal, type RoleGrant, teamsWhere } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import {
  accountByEmail,
  accountById,
  isActiveOwner,
  needsSignIn,
  stateOf,
  viewOf,
  visibleGrants,
  withAccount,
} from '../../governance/people/accounts.ts';
import { describeGrant, grantsBeyond, mayGrant, withoutDoubles } from '../../governance/people/grants.ts';
import { hashToken, newToken } from '../../governance/people/sessions.ts';
import type { StoredAccount } from '../../governance/people/stored-people.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { aNewAccount } from './session.ts';

const linkDays = 7;

export const listAccounts: Handler<typeof calls.listAccounts> = ({ principal }, { store }) => {
  const teams = teamsWhere(principal, 'people.read');
  const accounts = store.read().accounts.filter((account) => isReadable(account, principal));
  return {
    accounts: accounts
      .map((account) => viewOf(account, teams))
      .sort((one, other) => one.name.localeCompare(other.name) || one.email.localeCompare(other.email)),
  };
};

/** Whoever may read people everywhere, or has a role in a team where the caller may, or is the caller. */
export function isReadable(account: StoredAccount, principal: Principal): boolean {
  if (account.id === principal.account || mayIn(principal, 'people.read', null)) return true;
  return visibleGrants(account, teamsWhere(principal, 'people.read')).length > 0;
}

/** @throws {ApiFailure} `account_missing`, also for those that the caller may not know of. */
export function requireReadable(state: Configuration, id: string, principal: Principal): StoredAccount {
  const account = accountById(state, id);
  if (account !== undefined && isReadable(account, principal)) return account;
  throw new ApiFailure(404, 'account_missing', `There is no account "${id}".`);
}

/**
 * Holds the caller to managing every role of an account: else a change to it would reach where theirs do not.
 *
 * @throws {ApiFailure} `not_permitted`.
 */
export function requireOver(principal: Principal, account: StoredAccount): void {
  if (account.grants.length === 0 && mayIn(principal, 'people.manage', null)) return;
  if (account.grants.length > 0 && account.grants.every((grant) => mayGrant(principal, grant))) return;
  throw new ApiFailure(
    403,
    'not_permitted',
    'This person has roles that you do not manage, so only somebody with more of them changes the account itself.',
  );
}

function requireGrantable(principal: Principal, grants: readonly RoleGrant[]): void {
  const refused = grants.find((grant) => !mayGrant(principal, grant));
  if (refused === undefined) return;
  throw new ApiFailure(
    403,
    'not_permitted',
    `The role ${describeGrant(refused)} is more than you hold, so you cannot give or take it.`,
  );
}

function requireTeams(grants: readonly RoleGrant[], { config, store }: Installation): void {
  const { teams, projects, keys } = store.read();
  const known = new Set([
    ...[...config.file.teams, ...teams].map(({ id }) => id),
    ...[...config.file.keys, ...projects, ...keys].map(({ team }) => team),
  ]);
  const missing = grants.find(({ team }) => team !== null && !known.has(team))?.team;
  if (missing === undefined || missing === null) return;
  const message = `There is no team "${missing}". Make it first.`;
  throw new ApiFailure(400, 'invalid_request', message, { fields: [{ field: 'grants', message }] });
}

export const inviteAccount: Handler<typeof calls.inviteAccount> = async (
  { body, actor, principal, visit },
  installation,
) => {
  const { store, clock } = installation;
  if (!needsSignIn(store.read()))
    throw new ApiFailure(
      409,
      'owner_missing',
      'There is no owner yet. Make the owner account first: from then on everybody signs in.',
    );
  const grants = withoutDoubles(body.grants);
  requireGrantable(principal, grants);
  requireTeams(grants, installation);
  const { token, link } = aLink(installation);
  const account: StoredAccount = {
    ...aNewAccount({ email: body.email, name: body.name, by: actor, at: new Date(clock()).toISOString() }),
    grants,
    link,
  };
  await store.update(
    {
      actor,
      action: 'account.invite',
      subject: account.email,
      before: null,
      after: { account: account.id, name: account.name, grants },
      address: visit.address,
    },
    (state) => {
      if (accountByEmail(state, body.email) !== undefined) throw isTaken(body.email);
      return { ...state, accounts: [...state.accounts, account] };
    },
  );
  return {
    account: viewOf(account, teamsWhere(principal, 'people.read')),
    link: `${visit.origin}/invite/${token}`,
  };
};

function isTaken(email: string): ApiFailure {
  const message = `There is an account with the address ${email} already.`;
  return new ApiFailure(409, 'account_exists', message, { fields: [{ field: 'email', message }] });
}

function aLink({ clock }: Installation): {
  readonly token: string;
  readonly link: NonNullable<StoredAccount['link']>;
} {
  const token = newToken();
  const expiresAt = new Date(clock() + linkDays * 24 * 3_600_000).toISOString();
  return { token, link: { tokenSha256: hashToken(token), expiresAt } };
}

export const linkAccount: Handler<typeof calls.linkAccount> = async (
  { params: { id }, actor, principal, visit },
  installation,
) => {
  const { store } = installation;
  const before = requireReadable(store.read(), id, principal);
  requireOver(principal, before);
  if (before.deactivatedAt !== null)
    throw new ApiFailure(409, 'deactivated', 'This account is deactivated: reactivate it first.');
  const { token, link } = aLink(installation);
  const state = await store.update(
    {
      actor,
      action: 'account.link',
      subject: before.email,
      before: null,
      after: { account: id, expiresAt: link.expiresAt },
      address: visit.address,
    },
    (now) => {
      const account = requireReadable(now, id, principal);
      requireOver(principal, account);
      return withAccount(now, { ...account, link, revision: account.revision + 1 });
    },
  );
  const account = requireReadable(state, id, principal);
  return {
    account: viewOf(account, teamsWhere(principal, 'people.read')),
    link: `${visit.origin}/invite/${token}`,
  };
};

export const writeAccount: Handler<typeof calls.writeAccount> = async (
  { params: { id }, body, actor, principal, visit },
  installation,
) => {
  const { store, clock } = installation;
  const before = requireReadable(store.read(), id, principal);
  const at = new Date(clock()).toISOString();
  const change = (state: Configuration): StoredAccount => {
    const account = requireReadable(state, id, principal);
    requireRevision(account, body.revision);
    const visible = visibleGrants(account, teamsWhere(principal, 'people.read'));
    const wanted = withoutDoubles(body.grants);
    const [added, removed] = [grantsBeyond(wanted, visible), grantsBeyond(visible, wanted)];
    requireGrantable(principal, [...added, ...removed]);
    requireTeams(added, installation);
    if (body.name !== account.name || body.active !== (account.deactivatedAt === null))
      requireOver(principal, account);
    return {
      ...account,
      name: body.name,
      grants: withoutDoubles([...grantsBeyond(account.grants, removed), ...added]),
      deactivatedAt: body.active ? null : (account.deactivatedAt ?? at),
      // A link of before is not a way back in.
      link: body.active ? account.link : null,
      revision: account.revision + 1,
    };
  };
  const planned = change(store.read());
  const state = await store.update(
    {
      actor,
      action: actionOf(before, planned),
      subject: before.email,
      before: shown(before),
      after: { account: id, ...shown(planned) },
      address: visit.address,
    },
    (now) => keepAnOwner(withoutSessions(withAccount(now, change(now)), body.active ? null : id)),
  );
  return viewOf(requireReadable(state, id, principal), teamsWhere(principal, 'people.read'));
};

function withoutSessions(state: Configuration, of: string | null): Configuration {
  return of === null ? state : { ...state, sessions: state.sessions.filter(({ account }) => account !== of) };
}

/** @throws {ApiFailure} `last_owner`. */
function keepAnOwner(state: Configuration): Configuration {
  if (state.accounts.some(isActiveOwner)) return state;
  throw new ApiFailure(
    409,
    'last_owner',
    'This is the last owner. Make somebody else owner everywhere first, and let them sign in.',
  );
}

function requireRevision({ revision }: StoredAccount, stated: number): void {
  if (revision === stated) return;
  throw new ApiFailure(
    409,
    'revision_conflict',
    `The account is at revision ${revision}, and this was made from ${stated}.`,
    { revision },
  );
}

function actionOf(before: StoredAccount, after: StoredAccount): string {
  if (stateOf(before) !== 'deactivated' && stateOf(after) === 'deactivated') return 'account.deactivate';
  if (stateOf(before) === 'deactivated' && stateOf(after) !== 'deactivated') return 'account.reactivate';
  return 'account.write';
}

function shown({ name, grants, deactivatedAt }: StoredAccount): object {
  return { name, grants, active: deactivatedAt === null };
}
