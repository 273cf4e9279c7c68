import type { Permission, RoleGrant } from '#server/contract/index.ts';
import { queryClient } from './query-client.ts';

export const sessionKey = ['session'];

/** Who uses the studio, as the server knows them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** `''` for whoever holds the admin token, who is nobody in particular. */
  readonly email: string;
  readonly grants: readonly RoleGrant[];
}

/** Whether one has to sign in here at all, and who has. */
export interface Session {
  /** `open`: there are no accounts, and whoever reaches the studio may do everything. */
  readonly state: 'open' | 'signed_out' | 'signed_in';
  readonly me: Person | null;
  /** Calls that these roles can make at all; what belongs to a team may need more. */
  readonly allowed: ReadonlySet<Permission>;
  /** Goes with every call of a signed-in page, so that no other page can make it. */
  readonly csrf: string | null;
  /** What single sign-on is called, where it is set up. */
  readonly signOn: string | null;
}

/** The session as last read; for what happens outside of components. */
export function knownSession(): Session | undefined {
  return queryClient.getQueryData<Session>(sessionKey);
}

export function csrfHeaders(): Record<string, string> {
  const csrf = knownSession()?.csrf ?? null;
  return csrf === null ? {} : { 'x-waybill-csrf': csrf };
}
