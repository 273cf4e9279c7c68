import { ApiFailure } from '../errors.ts';
import type { Configuration } from '../store/config-store.ts';
import { newestVersion } from '../store/policy-folder.ts';
import { endRollout } from './change-rollout.ts';
import { publishVersion } from './publish-version.ts';

export interface RollBack {
  readonly policyId: string;
  /** The version to go back to. */
  readonly version: number;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  readonly by: string;
}

/**
 * An earlier version decides again, at once: it becomes the newest, with the pool candidates that it kept, so that
 * whatever follows the policy follows it there. Rollouts of the policy end before, and aliases held at the version that
 * is left are moved along. Nothing of the history is undone: publishing forward takes it back. Pure.
 *
 * @throws {ApiFailure} `version_missing`, `nothing_to_publish`.
 */
export function rollBack(state: Configuration, asked: RollBack): Configuration {
  const { policyId, version, reason, at, by } = asked;
  const found = state.versions.find((one) => one.policyId === policyId && one.version === version);
  const left = newestVersion(state, policyId);
  if (found === undefined || left === undefined)
    throw new ApiFailure(404, 'version_missing', `Policy "${policyId}" has no version ${version}.`);
  const calm = withoutRollouts(state, asked);
  const { simulation: _, ...decides } = found;
  const note = `Back to version ${version}: ${reason}`;
  const after = publishVersion(calm, { ...decides, note, author: by, at }, undefined);
  const made = newestVersion(after, policyId)?.version ?? null;
  return {
    ...after,
    deployments: after.deployments.map((one) =>
      one.policyId === policyId && one.version === left.version ? { ...one, version: made } : one,
    ),
  };
}

/** A candidate of the policy that is coming into use serves nothing any more. */
function withoutRollouts(state: Configuration, { policyId, reason, at, by }: RollBack): Configuration {
  return state.deployments.reduce(
    (now, { alias, rollout }) =>
      rollout?.candidate.policyId === policyId
        ? endRollout(now, alias, { outcome: 'rolled_back', reason, at, by })
        : now,
    state,
  );
}
