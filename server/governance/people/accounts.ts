import type { AccountView, Principal, RoleGrant } from '../../contract/index.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { StoredAccount } from './stored-people.ts';

type People = Pick<Configuration, 'accounts'>;

/** Two ways to write one address: capitals and compositions of letters do not tell people apart. */
export function normalEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

export function accountByEmail({ accounts }: People, email: string): StoredAccount | undefined {
  const normal = normalEmail(email);
  return accounts.find((account) => normalEmail(account.email) === normal);
}

export function accountById({ accounts }: People, id: string): StoredAccount | undefined {
  return accounts.find((account) => account.id === id);
}

export function stateOf(account: StoredAccount): AccountView['state'] {
  if (account.deactivatedAt !== null) return 'deactivated';
  return account.passwordHash === null && account.signOn === null ? 'invited' : 'active';
}

/** An account that signs in and is owner everywhere. */
export function isActiveOwner(account: StoredAccount): boolean {
  return (
    stateOf(account) === 'active' &&
    account.grants.some(({ role, team }) => role === 'owner' && team === null)
  );
}

/** Whether everybody has to sign in: there is an owner who can. Once there is one, there always is. */
export function needsSignIn({ accounts }: People): boolean {
  return accounts.some(isActiveOwner);
}

/** Somebody with an account, as the API and the audit know them. */
export function principalOfAccount(account: StoredAccount): Principal {
  return { id: account.email, account: account.id, grants: account.grants };
}

/** An account as the API shows it, with the roles in `teams` only; `null`: all. */
export function viewOf(account: StoredAccount, teams: ReadonlySet<string> | null): AccountView {
  return {
    id: account.id,
    name: account.name,
    email: account.email,
    grants: visibleGrants(account, teams).map(({ role, team }) => ({ role, team })),
    state: stateOf(account),
    signsInBy: account.signOn !== null && account.passwordHash === null ? 'sign_on' : 'password',
    lastSignInAt: account.lastSignInAt,
    revision: account.revision,
  };
}

/** Roles in `teams`; `null`: all of them. */
export function visibleGrants(
  { grants }: Pick<StoredAccount, 'grants'>,
  teams: ReadonlySet<string> | null,
): readonly RoleGrant[] {
  return teams === null ? grants : grants.filter(({ team }) => team !== null && teams.has(team));
}

/** The accounts with one of them changed. */
export function withAccount<S extends People>(state: S, account: StoredAccount): S {
  const others = state.accounts.filter(({ id }) => id !== account.id);
  return { ...state, accounts: [...others, account] };
}
