import { createHash } from 'node:crypto';
import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { costOfRecord, defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { Policy, semanticHash } from '#engine/policy/index.ts';
import { modelFactsOf } from '#server/catalogue/model-facts.ts';
import { makeClassifiers } from '#server/classifiers/make-classifiers.ts';
import type { Config, ConfigFile, ProviderSetting } from '#server/config/config.ts';
import type { Context } from '#server/context.ts';
import { makePlanDirectory } from '#server/gateway/index.ts';
import { makeGovernance } from '#server/governance/make-governance.ts';
import { makeSecretBox } from '#server/governance/secrets/secret-box.ts';
import { makeLive } from '#server/live/index.ts';
import { makeProviderDirectory } from '#server/providers/make-provider-directory.ts';
import type { SandboxOptions } from '#server/providers/sandbox/index.ts';
import type { StoredVersion } from '#server/store/config-store.ts';
import type { Telemetry } from '#server/telemetry/telemetry.ts';
import { makeTrafficFeed } from '#server/telemetry/traffic-feed.ts';
import { aConfigStore, aKeyDirectory, aRecordLog, type MemoryLog } from './fakes.ts';

/** What a test may say about a context, beside replacing any part of it. */
export interface ContextWishes extends Partial<Context> {
  /** Published policies: nodes and entry; each is version 1 and its own alias. */
  readonly policies?: Readonly<Record<string, { readonly entry: string; readonly nodes: object }>>;
  readonly deployments?: readonly { readonly alias: string; readonly policyId: string }[];
  readonly upstreams?: readonly (Pick<ProviderSetting, 'id' | 'kind' | 'baseUrl'> &
    Partial<ProviderSetting>)[];
  readonly sandboxOptions?: SandboxOptions;
  readonly sandboxOff?: boolean;
  readonly maxBodyBytes?: number;
}

const noFile: ConfigFile = { providers: [], teams: [], keys: [], policies: null, deployments: [] };

export function aConfig(different: Partial<Config> = {}): Config {
  return {
    port: 0,
    host: '127.0.0.1',
    dataFolder: '/nowhere',
    adminToken: null,
    sandbox: true,
    file: noFile,
    providerKeys: {},
    // Everything a test calls is on this machine.
    allowPrivateUpstreams: true,
    maxBodyBytes: 1_000_000,
    ...different,
  };
}

/** A published version of a policy. */
export function aVersion(policyId: string, graph: object, version = 1): StoredVersion {
  const policy = Policy.parse({ format: 1, id: policyId, name: policyId, ...graph });
  return {
    policyId,
    version,
    hash: semanticHash(policy),
    note: '',
    author: 'test',
    at: '2026-01-01T00:00:00Z',
    policy,
  };
}

/** Nobody scrapes, nobody collects. */
const quietTelemetry: Telemetry = {
  begin: () => () => undefined,
  observe: () => undefined,
  text: async () => ({ contentType: 'text/plain', body: '' }),
  close: async () => undefined,
};

const wallClock = () => performance.timeOrigin + performance.now();

/** Everything a request may touch, with nothing real behind it. Ids count, chance stands at one half, no sandbox waits. */
export function aContext(wishes: ContextWishes = {}): Context & { readonly log: MemoryLog } {
  const {
    policies = {},
    deployments = [],
    upstreams = [],
    sandboxOptions,
    sandboxOff,
    maxBodyBytes,
    ...parts
  } = wishes;
  const config = aConfig({
    sandbox: sandboxOff !== true,
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
    file: {
      ...noFile,
      providers: upstreams.map((one) => ({
        apiKey: 'sk-upstream',
        retention: 'unknown',
        region: null,
        models: [],
        ...one,
      })),
    },
  });
  const store = aConfigStore({
    versions: Object.entries(policies).map(([id, graph]) => aVersion(id, graph)),
    deployments: [
      ...Object.keys(policies).map((id) => ({ alias: id, policyId: id, version: null })),
      ...deployments.map((one) => ({ ...one, version: null })),
    ],
  });
  const logger = pino({ level: 'silent' });
  const providers = makeProviderDirectory(config, defaultCatalogue, logger, {
    timeScale: 0,
    errorRates: {},
    ...sandboxOptions,
  });
  onTestFinished(() => providers.close());
  let ids = 0;
  const log = aRecordLog();
  const { priceBook = defaultPriceBook } = parts;
  // Whatever a test does with the gateway: what it logs can be worked out again from what it logged.
  onTestFinished(() => {
    for (const record of log.records)
      expect(costOfRecord(record, priceBook), record['outcome.attempts']).toBe(record['cost.nano_usd']);
  });
  const context: Context & { readonly log: MemoryLog } = {
    config,
    clock: wallClock,
    draw: () => 0.5,
    newId: () => `r-${++ids}`,
    fingerprint: (text) => createHash('sha256').update(`salt${text}`).digest('hex').slice(0, 16),
    store,
    standing: async () => [],
    plans: makePlanDirectory(
      store,
      config,
      defaultCatalogue,
      modelFactsOf({ catalogue: defaultCatalogue, priceBook, config }),
    ),
    keys: aKeyDirectory(),
    secrets: makeSecretBox({ toSeal: () => Buffer.alloc(32, 1), toOpen: () => [Buffer.alloc(32, 1)] }),
    governance: makeGovernance({
      store,
      log,
      file: config.file,
      catalogue: defaultCatalogue,
      clock: parts.clock ?? wallClock,
      logger,
    }),
    providers,
    catalogue: defaultCatalogue,
    priceBook: defaultPriceBook,
    feed: makeTrafficFeed(),
    telemetry: quietTelemetry,
    classifiers: makeClassifiers(() => context),
    live: makeLive(parts.clock ?? wallClock, parts.providers ?? providers),
    logger,
    ...parts,
    log,
  };
  return context;
}
