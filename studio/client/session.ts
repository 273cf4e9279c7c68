import type { Permission, RoleGrant } from '#server/contract/index.ts';

/** Who uses the studio, as the server knows them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly grants: readonly RoleGrant[];
}

/** Whether one has to sign in here at all, and who has. */
export interface Session {
  /** `open`: there are no accounts, and whoever reaches the studio may do everything. */
  readonly state: 'open' | 'signed_out' | 'signed_in';
  readonly me: Person | null;
  /** Calls that these roles can make at all; what belongs to a team may need more. `null`: all. */
  readonly allowed: ReadonlySet<Permission> | null;
}

const open: Session = { state: 'open', me: null, allowed: null };

/** Who looks. There are no accounts yet: whoever the server lets in is its owner. */
export function useSession(): { readonly data: Session | undefined } {
  return { data: open };
}
