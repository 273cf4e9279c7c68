import { may, mayIn, type Permission, type Principal } from '../contract/index.ts';
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

/**
 * Holds a caller to having a permission in some team at least.
 *
 * @throws {ApiFailure} `not_permitted`.
 */
export function requireSomewhere(principal: Principal, permission: Permission): void {
  if (may(principal, permission)) return;
  throw new ApiFailure(
    403,
    'not_permitted',
    `This needs the permission ${permission}, which your roles do not have.`,
  );
}
