import { Gauge, type Registry } from 'prom-client';
import type { TargetHealth } from '../live/index.ts';
import type { StoreStanding } from '../store/store-standing.ts';

/** How one budget stands: what is used of it, spent and reserved, 0–1 and above. */
export interface BudgetStanding {
  readonly budget: string;
  readonly used: number;
}

/** What gauges are read from when somebody scrapes. */
export interface MetricSources {
  readonly version: string;
  /** Whether memory, CPU and event loop of the process are told as well: once a process. */
  readonly process: boolean;
  health(): readonly TargetHealth[];
  stores(): Promise<readonly StoreStanding[]>;
  /** How far this machine's clock is ahead of the shared one, ms; left out where there is none. */
  readonly clockAheadMs?: () => number;
  budgets(): Promise<readonly BudgetStanding[]>;
  /** The versions that serve, by alias. */
  deployments(): readonly { readonly alias: string; readonly policy: string; readonly version: number }[];
}

/** Registers what is read at every scrape. Answers the gauge of running requests. */
export function registerGauges(registry: Registry, sources: MetricSources): Gauge {
  const registers = [registry];
  const gauge = (name: string, help: string, labelNames: readonly string[], collect: Collect) =>
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        this.reset();
        await collect(this);
      },
    });
  new Gauge({ name: 'waybill_build_info', help: 'The release.', labelNames: ['version'], registers }).set(
    { version: sources.version },
    1,
  );
  gauge(
    'waybill_breaker_open',
    'Whether a target’s circuit breaker is open: 1, or half open: 0.5.',
    ['target'],
    (it) => {
      for (const { target, state } of sources.health()) it.set({ target }, openness[state]);
    },
  );
  gauge('waybill_target_error_ratio', 'Share of calls to a target that failed lately.', ['target'], (it) => {
    for (const { target, errorRate } of sources.health()) it.set({ target }, errorRate);
  });
  gauge(
    'waybill_budget_used_ratio',
    'Used share of a budget: spent and reserved.',
    ['budget'],
    async (it) => {
      for (const { budget, used } of await sources.budgets()) it.set({ budget }, used);
    },
  );
  gauge('waybill_deployed_version', 'The version an alias serves.', ['alias', 'policy'], (it) => {
    for (const { alias, policy, version } of sources.deployments()) it.set({ alias, policy }, version);
  });
  gauge('waybill_store_up', 'Whether a store can be reached: 1, or 0.', ['store'], async (it) => {
    for (const { store, problem } of await sources.stores()) it.set({ store }, problem === null ? 1 : 0);
  });
  const { clockAheadMs } = sources;
  if (clockAheadMs !== undefined)
    gauge(
      'waybill_clock_ahead_seconds',
      'How far the machine’s clock is ahead of PostgreSQL’s, which counts.',
      [],
      (it) => it.set(clockAheadMs() / 1_000),
    );
  return new Gauge({ name: 'waybill_requests_in_flight', help: 'Requests that are running.', registers });
}

type Collect = (gauge: Gauge) => void | Promise<void>;

const openness: Readonly<Record<TargetHealth['state'], number>> = { closed: 0, half_open: 0.5, open: 1 };
