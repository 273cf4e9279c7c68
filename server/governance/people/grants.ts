import { mayIn, type Principal, permissionsOf, type RoleGrant } from '../../contract/index.ts';

/** `owner everywhere`, `viewer in search`. */
export function describeGrant({ role, team }: RoleGrant): string {
  return team === null ? `${role} everywhere` : `${role} in "${team}"`;
}

/**
 * Whether somebody may give a role or take it away: they manage people there, hold every permission of it there, and for
 * owners are one themselves.
 */
export function mayGrant(principal: Principal, { role, team }: RoleGrant): boolean {
  if (!mayIn(principal, 'people.manage', team)) return false;
  if (role === 'owner' && !principal.grants.some((held) => held.role === 'owner' && covers(held, team)))
    return false;
  return permissionsOf[role].every((permission) => mayIn(principal, permission, team));
}

function covers(held: RoleGrant, team: string | null): boolean {
  return held.team === null || held.team === team;
}

export function isSameGrant(one: RoleGrant, other: RoleGrant): boolean {
  return one.role === other.role && one.team === other.team;
}

/** Each role once. */
export function withoutDoubles(grants: readonly RoleGrant[]): readonly RoleGrant[] {
  return grants.filter((grant, index) => grants.findIndex((one) => isSameGrant(one, grant)) === index);
}

/** What is in `grants` and not in `others`. */
export function grantsBeyond(
  grants: readonly RoleGrant[],
  others: readonly RoleGrant[],
): readonly RoleGrant[] {
  return grants.filter((grant) => !others.some((one) => isSameGrant(one, grant)));
}
