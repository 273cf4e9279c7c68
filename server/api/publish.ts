import type { calls } from '../contract/index.ts';
import type { RolloutShape } from '../contract/rollout-shape.ts';
import { ApiFailure } from '../errors.ts';
import { modelFactsOf } from '../model-facts.ts';
import { beginRollout, RolloutRefused } from '../rollout/change-rollout.ts';
import type { Configuration, StoredVersion } from '../store/config-store.ts';
import { keptPools } from '../store/kept-pools.ts';
import { newestVersion } from '../store/policy-folder.ts';
import { describePolicy, describeVersion, hashOf } from './describe-policy.ts';
import type { Handler } from './handler.ts';
import type { Installation } from './installation.ts';
import { findPolicy, refuseFilePolicy, requireRevision } from './policies.ts';
import { requireSound } from './review.ts';
import { findSimulation } from './simulations.ts';

export const publishPolicy: Handler<typeof calls.publishPolicy> = async (
  { params, body, actor },
  installation,
) => {
  const { store, clock } = installation;
  const { id } = params;
  refuseFilePolicy(id, installation);
  const draft = findPolicy(store.read(), id);
  requireRevision(draft, body.revision);
  requireSound(draft.policy, installation);
  const hash = hashOf(draft.policy);
  const judgedBy = await judgement(body.simulation, hash, installation);
  const kept = keptPools(draft.policy, modelFactsOf(installation));
  const before = newestVersion(store.read(), id);
  const version = (before?.version ?? 0) + 1;
  await store.update(
    {
      actor,
      action: 'policy.publish',
      subject: id,
      before: before === undefined ? null : { version: before.version, hash: before.hash },
      after: {
        version,
        hash,
        note: body.note,
        ...(body.rollout === undefined ? {} : { rollout: body.rollout }),
      },
    },
    (state) => {
      requireRevision(findPolicy(state, id), body.revision);
      requireDifference(newestVersion(state, id), { hash, ...kept });
      const at = new Date(clock()).toISOString();
      const published = {
        policyId: id,
        version,
        hash,
        note: body.note,
        author: actor,
        at,
        policy: draft.policy,
        ...kept,
        ...judgedBy,
      };
      const after = { ...state, versions: [...state.versions, published] };
      return body.rollout === undefined ? after : rolledOut(after, published, body.rollout);
    },
  );
  return describePolicy(findPolicy(store.read(), id), installation);
};

/**
 * The kept what-if that a version names.
 *
 * @throws {ApiFailure} `simulation_missing`, or `other_policy_simulated` where it is not about this draft.
 */
async function judgement(
  id: string | undefined,
  hash: string,
  installation: Installation,
): Promise<Pick<StoredVersion, 'simulation'>> {
  if (id === undefined) return {};
  const { candidate } = await findSimulation(id, installation);
  if (candidate.hash === hash) return { simulation: id };
  throw new ApiFailure(
    409,
    'other_policy_simulated',
    'The what-if that this version was judged by is about another draft. Run it again on this one.',
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

export const readVersion: Handler<typeof calls.readVersion> = ({ params }, { store }) => {
  const versions = store.read().versions.filter(({ policyId }) => policyId === params.id);
  const found = versions.find(({ version }) => version === params.version);
  if (found !== undefined) return { ...describeVersion(found), policy: found.policy, pools: poolsOf(found) };
  const newest = versions.reduce((most, { version }) => Math.max(most, version), 0);
  throw new ApiFailure(
    404,
    'version_missing',
    newest === 0
      ? `Policy "${params.id}" has no published version.`
      : `Policy "${params.id}" has versions 1 to ${newest}, not ${params.version}.`,
  );
};

function poolsOf({ policy, pools }: StoredVersion): 'none' | 'kept' | 'present' {
  if (pools !== undefined) return 'kept';
  return Object.values(policy.nodes).some(({ kind }) => kind === 'pool') ? 'present' : 'none';
}
