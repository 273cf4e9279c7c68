import type { RolloutShape } from '../contract/rollout-shape.ts';
import { ApiFailure } from '../errors.ts';
import type { Configuration, StoredVersion } from '../store/config-store.ts';
import { newestVersion } from '../store/policy-folder.ts';
import { beginRollout, RolloutRefused } from './change-rollout.ts';

/**
 * A document becomes the next version of its policy, and comes into use as asked. Pure.
 *
 * @throws {ApiFailure} `nothing_to_publish`, `no_alias`, `rollout_running`, `same_version`.
 */
export function publishVersion(
  state: Configuration,
  asked: Omit<StoredVersion, 'version'>,
  rollout: RolloutShape | undefined,
): Configuration {
  const newest = newestVersion(state, asked.policyId);
  requireDifference(newest, asked);
  const published = { ...asked, version: (newest?.version ?? 0) + 1 };
  const after = { ...state, versions: [...state.versions, published] };
  return rollout === undefined ? freed(after, published) : rolledOut(after, published, rollout);
}

/** Aliases that are held only since a candidate was taken back follow the newest version again. */
function freed(state: Configuration, { policyId }: StoredVersion): Configuration {
  if (state.deployments.every(({ followsNext }) => followsNext !== true)) return state;
  const deployments = state.deployments.map((one) => {
    if (one.policyId !== policyId || one.followsNext !== true) return one;
    const { followsNext: _, ...follows } = one;
    return { ...follows, version: null };
  });
  return { ...state, deployments };
}

/** A draft that reads as its newest version does may still decide otherwise: its pools see today's catalogue. */
function requireDifference(
  newest: StoredVersion | undefined,
  { hash, pools }: Pick<StoredVersion, 'hash' | 'pools'>,
): void {
  if (newest?.hash !== hash || JSON.stringify(newest.pools) !== JSON.stringify(pools)) return;
  throw new ApiFailure(
    409,
    'nothing_to_publish',
    `Version ${newest.version} decides exactly as this draft does. There is nothing to publish.`,
  );
}

/** A new version comes into use beside the one before, on every alias of its policy. @throws {ApiFailure} */
function rolledOut(
  state: Configuration,
  { policyId, version, at, author }: StoredVersion,
  shape: RolloutShape,
): Configuration {
  const aliases = state.deployments.filter((one) => one.policyId === policyId).map(({ alias }) => alias);
  if (aliases.length === 0) {
    const message = `No alias points at "${policyId}" that can be changed here, so there is no traffic to roll it out to.`;
    throw new ApiFailure(409, 'no_alias', message);
  }
  const asked = { shape, candidate: { policyId, version }, at, by: author };
  try {
    return aliases.reduce((now, alias) => beginRollout(now, alias, asked), state);
  } catch (cause) {
    if (cause instanceof RolloutRefused) throw new ApiFailure(409, cause.code, cause.message);
    throw cause;
  }
}
