import type { EndedRollout, RolloutShape, RunningRollout } from '../contract/rollout-shape.ts';
import type { Configuration, StoredDeployment } from '../store/config-store.ts';

/** So many ended rollouts are kept to be looked at; the audit keeps all. */
const keptEnded = 200;

/** A rollout cannot begin or go on as asked. */
export class RolloutRefused extends Error {
  readonly code: 'alias_missing' | 'rollout_running' | 'no_rollout' | 'not_published' | 'same_version';

  constructor(code: RolloutRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Begins a rollout on an alias: it is held at the version it serves (the one before the candidate, where it follows the
 * newest), and the candidate comes beside it. Pure.
 *
 * @throws {RolloutRefused}
 */
export function beginRollout(
  state: Configuration,
  alias: string,
  asked: {
    readonly shape: RolloutShape;
    readonly candidate: RunningRollout['candidate'];
    readonly at: string;
    readonly by: string;
  },
): Configuration {
  const deployment = deploymentIn(state, alias);
  const { candidate, shape, at, by } = asked;
  if (deployment.rollout !== undefined) {
    throw new RolloutRefused(
      'rollout_running',
      `"${alias}" has a rollout of version ${deployment.rollout.candidate.version} under way. Promote it or take it back first.`,
    );
  }
  const published = (policyId: string) =>
    state.versions.filter((one) => one.policyId === policyId).map(({ version }) => version);
  if (!published(candidate.policyId).includes(candidate.version)) {
    throw new RolloutRefused(
      'not_published',
      `Policy "${candidate.policyId}" has no version ${candidate.version}.`,
    );
  }
  const others = published(deployment.policyId).filter(
    (version) => deployment.policyId !== candidate.policyId || version !== candidate.version,
  );
  const serving = deployment.version ?? (others.length === 0 ? null : Math.max(...others));
  if (serving === null || (deployment.policyId === candidate.policyId && serving === candidate.version)) {
    throw new RolloutRefused(
      'same_version',
      `"${alias}" serves version ${candidate.version} already, and there is none before it to compare with.`,
    );
  }
  const rollout: RunningRollout = {
    ...shape,
    candidate,
    step: 0,
    stepSince: at,
    paused: false,
    startedAt: at,
    startedBy: by,
    followed: deployment.version === null || deployment.followsNext === true,
  };
  const { followsNext: _, ...held } = deployment;
  return withDeployment(state, { ...held, version: serving, rollout });
}

/**
 * Changes a running rollout: its step, or whether it is paused.
 *
 * @throws {RolloutRefused}
 */
export function stepRollout(
  state: Configuration,
  alias: string,
  change: Partial<Pick<RunningRollout, 'step' | 'stepSince' | 'paused'>>,
): Configuration {
  const { deployment, rollout } = runningIn(state, alias);
  return withDeployment(state, { ...deployment, rollout: { ...rollout, ...change } });
}

/**
 * Ends a rollout: the candidate serves everything, or nothing. Pure.
 *
 * @throws {RolloutRefused}
 */
export function endRollout(
  state: Configuration,
  alias: string,
  end: Pick<EndedRollout, 'outcome' | 'reason' | 'at' | 'by'>,
): Configuration {
  const { deployment, rollout } = runningIn(state, alias);
  const { candidate, followed } = rollout;
  const { rollout: _, ...without } = deployment;
  const ended: EndedRollout = {
    alias,
    candidate,
    baseline: { policyId: deployment.policyId, version: deployment.version ?? 0 },
    ...end,
  };
  const newest = Math.max(
    ...state.versions.filter((one) => one.policyId === candidate.policyId).map(({ version }) => version),
  );
  // An alias that followed the newest goes on doing so only where that is what it serves now.
  const promoted = {
    ...without,
    policyId: candidate.policyId,
    version: followed && newest === candidate.version ? null : candidate.version,
  };
  const kept = followed ? { ...without, followsNext: true as const } : without;
  const after = withDeployment(state, end.outcome === 'promoted' ? promoted : kept);
  return { ...after, rollouts: [...state.rollouts, ended].slice(-keptEnded) };
}

/** The rollout under way on an alias. @throws {RolloutRefused} */
export function runningIn(
  state: Configuration,
  alias: string,
): { readonly deployment: StoredDeployment; readonly rollout: RunningRollout } {
  const deployment = deploymentIn(state, alias);
  const { rollout } = deployment;
  if (rollout === undefined) throw new RolloutRefused('no_rollout', `"${alias}" has no rollout under way.`);
  return { deployment, rollout };
}

function deploymentIn({ deployments }: Configuration, alias: string): StoredDeployment {
  const found = deployments.find((one) => one.alias === alias);
  if (found === undefined)
    throw new RolloutRefused('alias_missing', `There is no alias "${alias}" that can be changed here.`);
  return found;
}

function withDeployment(state: Configuration, deployment: StoredDeployment): Configuration {
  return {
    ...state,
    deployments: state.deployments.map((one) => (one.alias === deployment.alias ? deployment : one)),
  };
}
