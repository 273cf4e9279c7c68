import type { ConfigFile } from '../config/config.ts';
import type { Governance } from '../governance/governance.ts';
import { budgetsOf } from '../governance/make-governance.ts';
import type { Live } from '../live/index.ts';
import { packageVersion } from '../package-root.ts';
import type { ConfigStore } from '../store/config-store.ts';
import type { StoreStanding } from '../store/store-standing.ts';
import type { BudgetStanding, MetricSources } from './gauges.ts';

/** What the gauges of this process are read from. */
export function metricSourcesOf(from: {
  readonly store: ConfigStore;
  readonly file: ConfigFile;
  readonly governance: Governance;
  readonly live: Live;
  readonly clock: () => number;
  readonly standing: () => Promise<readonly StoreStanding[]>;
  readonly clockAheadMs?: () => number;
}): MetricSources {
  const { store, file, governance, live, clock, standing, clockAheadMs } = from;
  return {
    version: packageVersion,
    process: true,
    health: () => live.health.list(),
    stores: standing,
    ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
    budgets: async () => {
      const now = clock();
      const all = budgetsOf(store.read(), file).map(async ({ id, limit }): Promise<BudgetStanding[]> => {
        const standing = await governance.standingOf(id, now);
        return standing === undefined || limit === 0
          ? []
          : [{ budget: id, used: (standing.spent + standing.reserved) / limit }];
      });
      return (await Promise.all(all)).flat();
    },
    deployments: () => {
      const { deployments, versions } = store.read();
      return deployments.flatMap(({ alias, policyId, version }) => {
        const newest = versions.filter((one) => one.policyId === policyId).map((one) => one.version);
        const served = version ?? Math.max(0, ...newest);
        return served === 0 ? [] : [{ alias, policy: policyId, version: served }];
      });
    },
  };
}
