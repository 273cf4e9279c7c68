import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Installation } from '../api/installation.ts';
import { requireSound } from '../api/policies/review.ts';
import { makeSimulator } from '../api/what-if/simulator.ts';
import { modelFactsOf } from '../catalogue/model-facts.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import {
  type AlertJournal,
  makeMemoryJournal,
  openAlertJournal,
} from '../governance/alerts/alert-journal.ts';
import { type Alerts, makeAlerts } from '../governance/alerts/make-alerts.ts';
import { makeWatch } from '../governance/alerts/watch.ts';
import { makeFailedSignIns } from '../governance/people/failed-sign-ins.ts';
import { makeLockOut } from '../governance/people/lock-out.ts';
import { publishWhenDue } from '../rollout/publish-when-due.ts';
import { watchRollouts } from '../rollout/watch-rollouts.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { keptPools } from '../store/kept-pools.ts';
import { noPolicyFolder, openPolicyFolder, type PolicyFolder } from '../store/policy-folder.ts';
import type { RecordLog } from '../store/record-log.ts';
import { openSimulationFiles } from '../store/simulation-files.ts';
import { makeMemorySimulationStore } from '../store/simulation-store.ts';
import { holdsSample, isFirstStart, makeFirstKey, publishSamplePolicy, seedSample } from './first-start.ts';
import { makeContext } from './make-context.ts';

/** An installation that is ready to serve, and how to close it. */
export interface OpenInstallation {
  readonly installation: Installation;
  /** Tells where it listens, once it does. */
  readonly listensAt: (address: string) => void;
  readonly close: () => Promise<void>;
}

/**
 * Opens everything, and on the first start puts in what a newcomer looks at: a key, and with the sandbox on the sample
 * policy and the sample traffic. Where the config file brings policies, those are looked at instead.
 */
export async function openInstallation(
  config: Config,
  logger: Logger,
  options: {
    readonly checkResponses: boolean;
    /** Requests of the sample log at first start; 0 for none. */
    readonly sampleRecords: number;
    /** Told when something takes a while. */
    readonly onProgress?: (sentence: string) => void;
    readonly own?: { readonly store?: ConfigStore; readonly log?: RecordLog; readonly clock?: () => number };
  },
): Promise<OpenInstallation> {
  const { context, catalogueSources, alertJournal, simulations, close } = await makeContext(
    config,
    logger,
    options.own,
  );
  try {
    const isFirst = isFirstStart(context.store);
    const files = await openFiles(context);
    const firstKey = isFirst ? await makeFirstKey(context) : null;
    if (isFirst && config.sandbox && config.file.policies === null) {
      await publishSamplePolicy(context);
      if (options.sampleRecords > 0) {
        options.onProgress?.('Making sample traffic, so that every screen has something to show …');
        await seedSample(context, options.sampleRecords);
      }
    }
    const simulator = makeSimulator({
      log: context.log,
      sources: catalogueSources,
      clock: context.clock,
    });
    const rollouts = watchRollouts(context);
    const schedule = publishWhenDue({
      ...context,
      requireSound: (policy) => requireSound(policy, context),
      poolsOf: (policy) => keptPools(policy, modelFactsOf(context)),
    });
    const alerts = await openAlerts(context, alertJournal, options.own?.store === undefined);
    let address = '';
    return {
      installation: {
        ...context,
        simulator,
        simulations:
          simulations ??
          (options.own?.store === undefined
            ? openSimulationFiles(join(config.dataFolder, 'simulations'))
            : makeMemorySimulationStore()),
        alerts,
        lockOut: makeLockOut(context.clock),
        failedSignIns: makeFailedSignIns(context.clock),
        rollouts,
        schedule,
        files,
        firstKey,
        sampleTraffic: await holdsSample(context),
        address: () => address,
        checkResponses: options.checkResponses,
      },
      listensAt: (told) => {
        address = told;
      },
      close: async () => {
        files.close();
        await alerts.close();
        rollouts.close();
        schedule.close();
        await simulator.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Alerts, with what has been told kept where gateways share it, else beside the configuration; in memory where that is. */
async function openAlerts(context: Context, shared: AlertJournal | null, isKept: boolean): Promise<Alerts> {
  const { config, store, log, governance, clock, logger } = context;
  const own = () => (isKept ? openAlertJournal(join(config.dataFolder, 'alerts.json')) : makeMemoryJournal());
  const journal = shared ?? (await own());
  return makeAlerts({
    store,
    journal,
    watch: makeWatch({ governance, store, file: config.file, log, clock }),
    clock,
    logger,
    allowPrivate: config.allowPrivateUpstreams === true,
  });
}

async function openFiles(context: Context): Promise<PolicyFolder> {
  const { config, store, logger, clock } = context;
  const folder = config.file.policies;
  if (folder === null) return noPolicyFolder;
  return openPolicyFolder({ folder, store, logger, clock, models: modelFactsOf(context) });
}
