import type { Deployment, RolloutView, VersionSummary } from '#server/contract/index.ts';
import { formatShare } from '../look/format.ts';

/** Which aliases a version serves, and how: `auto`, `auto (5 % of it)`, `auto (in shadow)`. */
export function servingOf(
  policy: string,
  { version }: Pick<VersionSummary, 'version'>,
  newest: number,
  deployments: readonly Deployment[],
  running: readonly RolloutView[],
): readonly string[] {
  const serves = deployments
    .filter((one) => one.policy === policy && (one.version ?? newest) === version)
    .map(({ alias }) => alias);
  const tried = running
    .filter(({ rollout: { candidate } }) => candidate.policyId === policy && candidate.version === version)
    .map(({ alias, rollout: { mode, steps, step } }) => {
      const share = steps[step]?.share ?? 0;
      return mode === 'shadow' ? `${alias} (in shadow)` : `${alias} (${formatShare(share)} of it)`;
    });
  return [...serves, ...tried];
}
