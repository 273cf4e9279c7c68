import type { SimulationResult } from '#engine/simulate/result.ts';
import { type Principal, teamsWhere } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';

/** A result without single requests, sessions and keys of teams whose traffic somebody may not read. */
export function withoutOthers(result: SimulationResult, principal: Principal): SimulationResult {
  const teams = teamsWhere(principal, 'traffic.read');
  if (teams === null) return result;
  return {
    ...result,
    changes: result.changes.filter(({ team }) => team !== null && teams.has(team)),
    winners: [],
    losers: [],
    segments: result.segments.filter(
      ({ by, value }) =>
        (by !== 'team' && by !== 'key' && by !== 'project') || (by === 'team' && teams.has(value)),
    ),
    by_team: result.by_team.filter(({ team }) => teams.has(team)),
  };
}

/**
 * Changed decisions are asked for a team at a time by who may read the traffic of some teams only.
 *
 * @throws {ApiFailure} `not_permitted`.
 */
export function requireOwnTeam(principal: Principal, team: string | undefined): void {
  const teams = teamsWhere(principal, 'traffic.read');
  if (teams === null || (team !== undefined && teams.has(team))) return;
  throw new ApiFailure(
    403,
    'not_permitted',
    `Your roles let you read the traffic of ${[...teams].join(', ') || 'no team'} only. Ask for one with ?team=.`,
  );
}
