import { mayIn, type Permission, type Principal } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';

/**
 * Holds a caller to their roles in a team; `null`: everywhere.
 *
 * @throws {ApiFailure} `not_permitted`.
 */
export function requireIn(principal: Principal, permission: Permission, team: string | null): void {
  if (mayIn(principal, permission, team)) return;
  const where = team === null ? 'in all teams' : `in the team "${team}"`;
  throw new ApiFailure(
    403,
    'not_permitted',
    `This needs the permission ${permission} ${where}, which your roles do not have.`,
  );
}
