import type { Deployment, RolloutView } from '#server/contract/index.ts';

interface Standing {
  readonly policy: string;
  /** The newest version, which is left. */
  readonly newest: number;
  readonly deployments: readonly Deployment[];
  readonly running: readonly RolloutView[];
}

/** What going back to a version does, in sentences: what begins to be served by it, what ends, what stays. */
export function rollBackWords(
  to: number,
  { policy, newest, deployments, running }: Standing,
): readonly string[] {
  const own = deployments.filter((one) => one.policy === policy);
  const trial = running.filter(({ rollout }) => rollout.candidate.policyId === policy);
  const onTrial = new Set(trial.map(({ alias }) => alias));
  const moves = own.filter(
    ({ alias, version }) => onTrial.has(alias) || version === null || version === newest,
  );
  const stays = own.filter((one) => !moves.includes(one));
  const fromFile = moves.filter(({ origin, version }) => origin === 'file' && version !== null);
  return [
    `Version ${to} becomes version ${newest + 1}, exactly as it was. Requests that come after are decided by it.`,
    ...(moves.length === fromFile.length
      ? []
      : [`${names(moves.filter((one) => !fromFile.includes(one)))} and policy/${policy} are served by it.`]),
    ...trial.map(
      ({ alias, rollout }) =>
        `The ${rollout.mode === 'shadow' ? 'shadow' : 'canary'} of version ${rollout.candidate.version} on ${alias} ends.`,
    ),
    ...stays.map(({ alias, version }) => `${alias} stays at version ${version}, which it is held at.`),
    ...fromFile.map(({ alias }) => `${alias} stays as it is: the config file holds it.`),
    'The draft stays as it is. Publish again to go forward.',
  ];
}

function names(deployments: readonly Deployment[]): string {
  return deployments.map(({ alias }) => alias).join(', ');
}
