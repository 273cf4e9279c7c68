import type { Installation } from './api/installation.ts';
import { messageOf } from './errors.ts';

/** Whether requests can be served, and what stands in the way or deserves a look. */
export interface Readiness {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

/** Asks the stores and the plans themselves. Policy files with errors are told, but their last good version serves. */
export async function isReady({ log, store, plans, files }: Installation): Promise<Readiness> {
  const logProblem = await log.count().then(
    () => [],
    (error: unknown) => [`The request log cannot be read: ${messageOf(error)}`],
  );
  const broken = store
    .read()
    .versions.filter(({ policyId, version }) => plans.planOf(policyId, version) === undefined)
    .map(
      ({ policyId, version }) =>
        `Version ${version} of policy "${policyId}" does not compile in this release.`,
    );
  const bad = files
    .bad()
    .map(({ file, diagnostics }) => `${file} has errors: ${diagnostics[0]?.message ?? 'it cannot be read.'}`);
  return { ready: logProblem.length === 0, problems: [...logProblem, ...broken, ...bad] };
}
