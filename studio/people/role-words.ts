import {
  type Permission,
  permissions,
  permissionsOf,
  type Role,
  type RoleGrant,
  roles,
} from '#server/contract/permissions.ts';

/** What each role is for, in a line. */
export const roleWords: Readonly<Record<Role, string>> = {
  owner: 'everything, naming owners included',
  admin: 'everything but naming owners',
  editor: 'draws policies, does not publish them',
  publisher: 'publishes policies, does not draw them',
  auditor: 'reads everything, changes nothing',
  viewer: 'reads what is not personal',
};

/** Each permission as what somebody does with it. */
export const permissionWords: Readonly<Record<Permission, string>> = {
  'policies.read': 'see policies',
  'policies.edit': 'draw policies',
  'policies.publish': 'publish policies',
  'what_if.run': 'replay the traffic of all teams',
  'traffic.read': 'see traffic',
  'spend.read': 'see spend',
  'keys.read': 'see keys',
  'keys.manage': 'make and change keys',
  'budgets.read': 'see budgets',
  'budgets.manage': 'set budgets',
  'teams.read': 'see teams',
  'teams.manage': 'make and change teams',
  'people.read': 'see people',
  'people.manage': 'invite people and give roles',
  'models.read': 'see models',
  'models.manage': 'change models and prices',
  'providers.read': 'see providers',
  'providers.manage': 'change providers and their keys',
  'alerts.manage': 'set alerts',
  'audit.read': 'read the audit',
  'privacy.read': 'see what is kept',
  'privacy.manage': 'set what is kept, and erase it',
  'text.read': 'read kept prompts and answers',
};

/** Roles that hold a permission, most powerful first. */
export function rolesWith(permission: Permission): readonly Role[] {
  return roles.filter((role) => permissionsOf[role].includes(permission));
}

/** `Viewer of search, editor everywhere`. */
export function grantsInWords(grants: readonly RoleGrant[]): string {
  if (grants.length === 0) return 'no role';
  return grants
    .map(({ role, team }) => (team === null ? `${role} everywhere` : `${role} of ${team}`))
    .join(', ');
}

/**
 * Why somebody may not, and who may: `To publish policies takes the role publisher. Yours: viewer of search.` A role that
 * they have elsewhere only is said to be needed here: in the `team`, or everywhere.
 */
export function refusalInWords(
  permission: Permission,
  grants: readonly RoleGrant[],
  team: string | null = null,
): string {
  const needed = rolesWith(permission)
    .join(', ')
    .replace(/, ([^,]*)$/, ' or $1');
  const hasElsewhere = grants.some(({ role }) => permissionsOf[role].includes(permission));
  const where = team !== null ? ` of ${team}` : hasElsewhere ? ' everywhere' : '';
  return `To ${permissionWords[permission]} takes the role ${needed}${where}. Yours: ${grantsInWords(grants)}.`;
}

/** The table of roles: a row a permission, true where a role holds it. */
export const roleTable: readonly { readonly permission: Permission; readonly held: readonly Role[] }[] =
  permissions.map((permission) => ({ permission, held: rolesWith(permission) }));
