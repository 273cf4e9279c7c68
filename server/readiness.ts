import type { Installation } from './api/installation.ts';

/** Whether requests can be served, and what stands in the way or deserves a look. */
export interface Readiness {
  readonly ready: boolean;
  readonly problems: readonly string[];
}

/** A machine's clock that is further off than this is told, ms. */
const tolerableMs = 2_000;

/**
 * Asks the stores and the plans themselves. What requests can do without (PostgreSQL, Redis, a good clock, a policy file without
 * errors) is told and does not stop them: were it otherwise, a database that restarts would take every gateway away at once.
 */
export async function isReady(installation: Installation): Promise<Readiness> {
  const { store, plans, files, standing, clockAheadMs } = installation;
  const stores = (await standing()).filter(({ problem }) => problem !== null);
  const aheadMs = clockAheadMs?.() ?? 0;
  const clocks =
    Math.abs(aheadMs) <= tolerableMs
      ? []
      : [
          `This machine’s clock is ${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs > 0 ? 'ahead of' : 'behind'} PostgreSQL’s. Waybill goes by PostgreSQL’s.`,
        ];
  const broken = store
    .read()
    .versions.filter(({ policyId, version }) => plans.planOf(policyId, version) === undefined)
    .map(
      ({ policyId, version }) =>
        `Version ${version} of policy "${policyId}" does not compile in this release.`,
    );
  const bad = files
    .bad()
    .map(
      ({ file, diagnostics }) =>
        `${file} has errors: ${diagnostics[0]?.message ?? 'it cannot be read.'} Its last good version keeps serving.`,
    );
  const told = stores.flatMap(({ problem }) => problem ?? []);
  return { ready: !stores.some(({ stops }) => stops), problems: [...told, ...clocks, ...broken, ...bad] };
}
