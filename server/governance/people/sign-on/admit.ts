import { z } from 'zod';
import type { RoleGrant } from '../../../contract/index.ts';
import type { Configuration } from '../../../store/config-store.ts';
import { accountByEmail, isActiveOwner, withAccount } from '../accounts.ts';
import { withoutDoubles } from '../grants.ts';
import type { StoredAccount, StoredSignOn } from '../stored-people.ts';

/** What an identity provider says of somebody. */
export const Claims = z.object({
  sub: z.string().min(1),
  email: z.string().max(254).optional(),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
  groups: z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional(),
});
export type Claims = Readonly<z.output<typeof Claims>>;

export type Problem = 'not_invited' | 'wrong_domain' | 'deactivated' | 'expired' | 'not_verified' | 'failed';

/** Somebody is let in, with the account as it is to be kept; or not. */
export type Admission =
  | { readonly kind: 'in'; readonly account: StoredAccount }
  | { readonly kind: 'out'; readonly problem: Problem };

/**
 * Whom a sign-on lets in. Somebody is known by issuer and subject, and the first time by an address that the provider has
 * verified. Who is in a group with a role gets an account; its roles are those of its groups, anew at every sign-in. Who
 * was invited keeps the roles they were given.
 */
export function admit(
  state: Configuration,
  settings: StoredSignOn,
  claims: Claims,
  fresh: (email: string, name: string) => StoredAccount,
): Admission {
  const { email = '' } = claims;
  if (claims.email_verified !== true || !email.includes('@')) return { kind: 'out', problem: 'not_verified' };
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (settings.domains.length > 0 && !settings.domains.includes(domain))
    return { kind: 'out', problem: 'wrong_domain' };
  const granted = grantsOf(settings, claims.groups ?? []);
  const found = accountOf(state, settings, claims.sub, email);
  if (found === 'somebody else') return { kind: 'out', problem: 'not_invited' };
  if (found === undefined && granted.length === 0) return { kind: 'out', problem: 'not_invited' };
  if (found !== undefined && found.deactivatedAt !== null) return { kind: 'out', problem: 'deactivated' };
  const account = found ?? fresh(email, nameOf(claims, email));
  const fromGroups = found === undefined || (found.signOn?.fromGroups ?? false);
  const signOn = { issuer: settings.issuer, subject: claims.sub, fromGroups };
  const known = { ...account, signOn, link: null };
  if (!fromGroups) return { kind: 'in', account: known };
  const regranted = { ...known, grants: granted };
  // The last owner stays: without one nobody could mend the groups.
  const isKept = withAccount(state, regranted).accounts.some(isActiveOwner);
  if (!isKept) return { kind: 'in', account: known };
  return granted.length === 0 ? { kind: 'out', problem: 'not_invited' } : { kind: 'in', account: regranted };
}

function grantsOf(settings: StoredSignOn, groups: readonly string[]): readonly RoleGrant[] {
  const own = settings.groups.filter(({ group }) => groups.includes(group));
  return withoutDoubles(own.map(({ role, team }) => ({ role, team })));
}

/** An address that belongs to somebody with another subject is not taken over. */
function accountOf(
  state: Configuration,
  { issuer }: StoredSignOn,
  subject: string,
  email: string,
): StoredAccount | 'somebody else' | undefined {
  const known = state.accounts.find(({ signOn }) => signOn?.issuer === issuer && signOn.subject === subject);
  if (known !== undefined) return known;
  const named = accountByEmail(state, email);
  return named !== undefined && named.signOn !== null && named.signOn.issuer === issuer
    ? 'somebody else'
    : named;
}

function nameOf({ name }: Claims, email: string): string {
  const shown = (name ?? '')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 120);
  return shown === '' ? email : shown;
}
