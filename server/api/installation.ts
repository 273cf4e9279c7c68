import type { Context } from '../context.ts';
import type { Alerts } from '../governance/alerts/make-alerts.ts';
import type { FailedSignIns } from '../governance/people/failed-sign-ins.ts';
import type { LockOut } from '../governance/people/lock-out.ts';
import type { Schedule } from '../rollout/publish-when-due.ts';
import type { RolloutWatch } from '../rollout/watch-rollouts.ts';
import type { PolicyFolder } from '../store/policy-folder.ts';
import type { SimulationStore } from '../store/simulation-store.ts';
import type { Simulator } from './what-if/simulator.ts';

/** What the studio's API needs beside what a request needs. */
export interface Installation extends Context {
  readonly simulator: Simulator;
  /** Kept what-ifs. */
  readonly simulations: SimulationStore;
  readonly alerts: Alerts;
  /** Makes guessing passwords slow. */
  readonly lockOut: LockOut;
  readonly failedSignIns: FailedSignIns;
  /** Rollouts under way. */
  readonly rollouts: RolloutWatch;
  /** Publications that wait for their time. */
  readonly schedule: Schedule;
  /** Policies that come from files and are read-only here. */
  readonly files: PolicyFolder;
  /** The key made at first start, for as long as this process runs. */
  readonly firstKey: string | null;
  /** The log holds generated sample traffic. */
  readonly sampleTraffic: boolean;
  /** Where this process listens, `http://127.0.0.1:4800`; known once it does. */
  readonly address: () => string;
  /** Responses are held to the contract: in development and tests. */
  readonly checkResponses: boolean;
}
