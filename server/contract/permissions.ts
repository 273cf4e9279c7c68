import { z } from 'zod';

/** What somebody may be allowed to do. Every call of the API names the one it needs. */
export const permissions = [
  'policies.read',
  'policies.edit',
  'policies.publish',
  /** Replays over the log of all teams, and what was kept of them. */
  'what_if.run',
  'traffic.read',
  'spend.read',
  'keys.read',
  'keys.manage',
  'budgets.read',
  'budgets.manage',
  'teams.read',
  'teams.manage',
  'people.read',
  'people.manage',
  'models.read',
  'models.manage',
  'providers.read',
  'providers.manage',
  'alerts.manage',
  'audit.read',
  'privacy.read',
  'privacy.manage',
  /** What was asked and answered, where a team keeps it. Each reading is audited. */
  'text.read',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['owner', 'admin', 'editor', 'publisher', 'auditor', 'viewer'] as const;
export const Role = z.enum(roles);
export type Role = (typeof roles)[number];

const reading = [
  'policies.read',
  'what_if.run',
  'traffic.read',
  'spend.read',
  'keys.read',
  'budgets.read',
  'teams.read',
  'models.read',
  'providers.read',
] as const satisfies readonly Permission[];

/**
 * The one permission table: API and studio both read it. An admin does everything but name owners; an editor draws and
 * does not publish; a publisher publishes and does not draw; an auditor reads everything and changes nothing.
 */
export const permissionsOf: Readonly<Record<Role, readonly Permission[]>> = {
  owner: permissions,
  admin: permissions,
  editor: [...reading, 'policies.edit'],
  publisher: [...reading, 'policies.publish'],
  auditor: [...reading, 'people.read', 'audit.read', 'privacy.read'],
  viewer: reading,
};

/** A role, everywhere or in one team only. */
export interface RoleGrant {
  readonly role: Role;
  /** `null`: everywhere. */
  readonly team: string | null;
}

/** Somebody who calls the API: a person, or a program with the admin token. */
export interface Principal {
  /** As the audit names it: `local`, `admin`, an account's e-mail address. */
  readonly id: string;
  /** Id of the account; left out for `local` and `admin`. */
  readonly account?: string;
  readonly grants: readonly RoleGrant[];
}

/** Whether somebody may do this somewhere at all. Handlers of what belongs to a team ask `mayIn`. */
export function may({ grants }: Principal, permission: Permission): boolean {
  return grants.some(({ role }) => permissionsOf[role].includes(permission));
}

/** Whether somebody may do this in a team; `null` asks for everywhere. */
export function mayIn({ grants }: Principal, permission: Permission, team: string | null): boolean {
  return grants.some(
    (grant) => (grant.team === null || grant.team === team) && permissionsOf[grant.role].includes(permission),
  );
}

/**
 * What belongs to no team is changed only by who may do so everywhere: a role in one team does not publish for all. Nor does
 * it see sums over all teams, from which its own could be taken away.
 */
const everywhere: ReadonlySet<Permission> = new Set([
  'policies.edit',
  'policies.publish',
  'what_if.run',
  'models.manage',
  'providers.manage',
  'privacy.read',
  'privacy.manage',
]);

/** Whether somebody may make calls that need this. What they may do to a team's own, `mayIn` says. */
export function mayCall(principal: Principal, needs: Permission): boolean {
  return everywhere.has(needs) ? mayIn(principal, needs, null) : may(principal, needs);
}

/** The teams in which somebody may do this; `null`: in all. For lists that show what belongs to teams. */
export function teamsWhere({ grants }: Principal, permission: Permission): ReadonlySet<string> | null {
  const allowing = grants.filter(({ role }) => permissionsOf[role].includes(permission));
  const teams = allowing.map(({ team }) => team);
  return teams.includes(null) ? null : new Set(teams.filter((team) => team !== null));
}
