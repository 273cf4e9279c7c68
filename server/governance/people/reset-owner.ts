import { randomUUID } from 'node:crypto';
import type { ConfigStore } from '../../store/config-store.ts';
import { accountByEmail, withAccount } from './accounts.ts';
import { isSameGrant, withoutDoubles } from './grants.ts';
import { hashToken, newToken } from './sessions.ts';
import type { StoredAccount } from './stored-people.ts';

const owner = { role: 'owner', team: null } as const;
const linkMs = 24 * 3_600_000;

/** What became of an account that is to be the way back in. */
export interface ResetOwner {
  /** Path of the studio, good once and for a day. */
  readonly path: string;
  readonly created: boolean;
  readonly madeOwner: boolean;
}

/**
 * Gives an address an active account that is owner everywhere, and a link to set its password with. What it signed in with
 * until now stays until the link is used.
 */
export async function resetOwner(
  store: Pick<ConfigStore, 'read' | 'update'>,
  of: { readonly email: string; readonly actor: string; readonly now: number },
): Promise<ResetOwner> {
  const before = accountByEmail(store.read(), of.email);
  const token = newToken();
  const expiresAt = new Date(of.now + linkMs).toISOString();
  const at = new Date(of.now).toISOString();
  const fresh: StoredAccount = {
    id: `acc_${randomUUID().replaceAll('-', '')}`,
    email: of.email,
    name: of.email,
    grants: [],
    passwordHash: null,
    signOn: null,
    link: null,
    deactivatedAt: null,
    createdAt: at,
    createdBy: of.actor,
    lastSignInAt: null,
    revision: 0,
  };
  await store.update(
    {
      actor: of.actor,
      action: 'account.reset',
      subject: before?.email ?? of.email,
      before: before === undefined ? null : { grants: before.grants, active: before.deactivatedAt === null },
      after: { account: (before ?? fresh).id, grants: [owner], active: true, expiresAt },
    },
    (state) => {
      const account = accountByEmail(state, of.email) ?? fresh;
      return withAccount(state, {
        ...account,
        grants: withoutDoubles([...account.grants, owner]),
        deactivatedAt: null,
        link: { tokenSha256: hashToken(token), expiresAt },
        revision: account.revision + 1,
      });
    },
  );
  return {
    path: `/invite/${token}`,
    created: before === undefined,
    madeOwner: before?.grants.some((grant) => isSameGrant(grant, owner)) !== true,
  };
}
