import { mayCall, mayIn, type Permission } from '#server/contract/permissions.ts';
import { type Person, useSession } from '../client/session.ts';
import { refusalInWords } from './role-words.ts';

export interface Allowance {
  readonly allowed: boolean;
  /** Why not, and who may; empty where it is allowed. */
  readonly reason: string;
}

const yes: Allowance = { allowed: true, reason: '' };

/** Whether whoever looks may do this; see `allowanceOf`. The server decides; this only spares people a refusal. */
export function usePermission(permission: Permission, team?: string | null): Allowance {
  return allowanceOf(useSession().data?.me ?? null, permission, team);
}

/**
 * Whether somebody may do this, by the table that the server holds them to. With a `team`: there (`null`: everywhere);
 * without: anywhere at all. Nobody in particular is whoever reaches a studio without accounts, and may do everything.
 */
export function allowanceOf(
  me: Pick<Person, 'id' | 'grants'> | null,
  permission: Permission,
  team?: string | null,
): Allowance {
  if (me === null) return yes;
  const allowed = mayCall(me, permission) && (team === undefined || mayIn(me, permission, team));
  return allowed ? yes : { allowed: false, reason: refusalInWords(permission, me.grants, team ?? null) };
}
