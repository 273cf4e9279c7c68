import { hash, randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { CatalogueSources } from '../catalogue/build-catalogue.ts';
import { type LiveCatalogue, makeLiveCatalogue } from '../catalogue/live-catalogue.ts';
import { modelFactsOf } from '../catalogue/model-facts.ts';
import { makeClassifiers } from '../classifiers/make-classifiers.ts';
import type { Config } from '../config/config.ts';
import type { Context } from '../context.ts';
import { makePlanDirectory } from '../gateway/make-plan-directory.ts';
import type { AlertJournal } from '../governance/alerts/alert-journal.ts';
import { openKeyUse } from '../governance/key-use.ts';
import { makeGovernance } from '../governance/make-governance.ts';
import { makeKeyDirectory } from '../governance/make-key-directory.ts';
import { makeTextKeeper } from '../governance/privacy/keep-texts.ts';
import { makeMemoryTextLog } from '../governance/privacy/make-memory-text-log.ts';
import { openTextLog } from '../governance/privacy/open-text-log.ts';
import { followStoredProviders } from '../governance/secrets/follow-stored-providers.ts';
import { openMasterKeys } from '../governance/secrets/master-keys.ts';
import { makeSecretBox } from '../governance/secrets/secret-box.ts';
import { makeLive } from '../live/index.ts';
import { joinFleet } from '../live/join-fleet.ts';
import { makeProviderDirectory } from '../providers/make-provider-directory.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { type OpenStores, openStores, standingOfLog } from '../store/open-stores.ts';
import type { RecordLog } from '../store/record-log.ts';
import type { SimulationStore } from '../store/simulation-store.ts';
import { metricSourcesOf } from '../telemetry/metric-sources.ts';
import { makeTelemetry } from '../telemetry/telemetry.ts';
import { makeTrafficFeed } from '../telemetry/traffic-feed.ts';

/** A context and how to close it: what was appended is flushed, then everything is closed. */
export interface OpenContext {
  readonly context: Context;
  /** What catalogue and prices are made of now. */
  readonly catalogueSources: () => CatalogueSources;
  /** What alerts have told, where gateways share that. */
  readonly alertJournal: AlertJournal | null;
  /** Kept what-ifs, where gateways share them. */
  readonly simulations: SimulationStore | null;
  readonly close: () => Promise<void>;
}

/**
 * The one place where everything a request may touch is made. Tests may hand in stores of their own.
 *
 * @throws {StartError} when a store cannot be opened or a setting cannot be used; nothing stays open then.
 */
export async function makeContext(
  config: Config,
  logger: Logger,
  own: { readonly store?: ConfigStore; readonly log?: RecordLog; readonly clock?: () => number } = {},
): Promise<OpenContext> {
  const {
    store,
    log,
    spend,
    rates,
    bus,
    alerts,
    texts: sharedTexts,
    simulations,
    clock = own.clock ?? Date.now,
    clockAheadMs,
    standing,
    close: closeStores,
  } = await storesOf(config, logger, own);
  let live: LiveCatalogue;
  try {
    live = makeLiveCatalogue(config, store);
  } catch (error) {
    await closeStores();
    throw error;
  }
  const { catalogue, priceBook } = live;
  const secrets = makeSecretBox(
    openMasterKeys({ folder: config.dataFolder, stated: config.secretKey ?? null }),
  );
  const providers = makeProviderDirectory(config, catalogue, logger);
  const stopFollowing = followStoredProviders({ store, config, secrets, providers, logger });
  const keyUse = openKeyUse(own.store === undefined ? config.dataFolder : null);
  const plans = makePlanDirectory(
    store,
    config,
    catalogue,
    modelFactsOf({ catalogue, priceBook, config, store }),
  );
  const governance = makeGovernance({
    store,
    log,
    file: config.file,
    catalogue,
    clock,
    logger,
    ...(spend === undefined ? {} : { spend }),
    ...(rates === undefined ? {} : { rates }),
  });
  const { salt } = store.read();
  const alive = makeLive(clock, providers);
  const sources = metricSourcesOf({
    store,
    file: config.file,
    governance,
    live: alive,
    clock,
    standing,
    ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
  });
  const telemetry = makeTelemetry(sources, config.otlpEndpoint ?? null);
  const folder = config.dataFolder;
  // With stores of a test's own nothing is written anywhere else either.
  const texts = makeTextKeeper({
    log: own.store === undefined ? (sharedTexts ?? openTextLog({ folder, logger })) : makeMemoryTextLog(),
    store,
    records: log,
    placeOf: governance.placeOf,
    clock,
    logger,
  });
  const feed = makeTrafficFeed();
  const fleet = bus === undefined ? null : joinFleet({ bus, live: alive, feed, clock, logger });
  const context: Context = {
    config,
    clock,
    draw: Math.random,
    newId: () => `req_${randomUUID().replaceAll('-', '')}`,
    fingerprint: (text) => hash('sha256', `${salt}\n${text}`).slice(0, 16),
    store,
    log,
    standing,
    ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
    plans,
    keys: makeKeyDirectory(store, config.file, { clock, use: keyUse }),
    secrets,
    governance,
    providers,
    catalogue,
    priceBook,
    texts,
    feed,
    telemetry,
    live: alive,
    classifiers: makeClassifiers(() => context),
    logger,
  };
  const close = async () => {
    stopFollowing();
    keyUse.close();
    governance.close();
    plans.close();
    live.close();
    await fleet?.close();
    await providers.close();
    await telemetry.close();
    await texts.close().finally(closeStores);
  };
  await governance.ready();
  return {
    context,
    catalogueSources: live.sources,
    alertJournal: alerts ?? null,
    simulations: simulations ?? null,
    close,
  };
}

type OwnStores = {
  readonly store?: ConfigStore;
  readonly log?: RecordLog;
  readonly clock?: () => number;
};

/** Stores of a test's own, or those that the settings name. */
async function storesOf(
  config: Config,
  logger: Logger,
  { store, log, clock }: OwnStores,
): Promise<OpenStores> {
  if (store !== undefined && log !== undefined)
    return {
      store,
      log,
      standing: standingOfLog(log),
      close: () => log.close().finally(() => store.close()),
    };
  if (store === undefined && log === undefined) return openStores({ config, logger, clock });
  throw new Error('A test brings both stores, or none.');
}
