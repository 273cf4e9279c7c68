import { mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { messageOf, StartError } from '../errors.ts';
import type { AlertJournal } from '../governance/alerts/alert-journal.ts';
import type { SpendStore } from '../governance/budgets/spend-store.ts';
import type { RateLimitStore } from '../governance/limits/rate-limit-store.ts';
import { makeSharedTextCipher } from '../governance/privacy/shared-text-cipher.ts';
import type { TextLog } from '../governance/privacy/text-log.ts';
import { openMasterKeys } from '../governance/secrets/master-keys.ts';
import type { FleetBus } from '../live/fleet-bus.ts';
import type { ConfigStore } from './config-store.ts';
import { openRecordLog } from './duckdb/open-record-log.ts';
import { openConfigStore } from './lowdb/open-config-store.ts';
import { makePostgresSimulationStore } from './postgres/make-simulation-store.ts';
import { makePostgresTextLog } from './postgres/make-text-log.ts';
import { openPostgresAlertJournal } from './postgres/open-alert-journal.ts';
import { openPostgresConfigStore, type PostgresConfigStore } from './postgres/open-config-store.ts';
import { openPool } from './postgres/open-pool.ts';
import { openPostgresRecordLog } from './postgres/open-record-log.ts';
import { openSharedClock } from './postgres/open-shared-clock.ts';
import type { RecordLog } from './record-log.ts';
import { makeRedisBus } from './redis/make-redis-bus.ts';
import { makeRedisRateLimits } from './redis/make-redis-rate-limits.ts';
import { makeRedisSpendStore } from './redis/make-redis-spend-store.ts';
import type { SimulationStore } from './simulation-store.ts';
import { type StoreStanding, standingOf } from './store-standing.ts';

/** Where configuration and records are kept, and leases and rates where they are shared. */
export interface OpenStores {
  readonly store: ConfigStore;
  readonly log: RecordLog;
  /** Shared by a fleet; those of the process where they are missing. */
  readonly spend?: SpendStore;
  readonly rates?: RateLimitStore;
  /** What alerts have told, where gateways share that. */
  readonly alerts?: AlertJournal;
  /** Texts of teams that opted in, and kept what-ifs, where every gateway reads them. */
  readonly texts?: TextLog;
  readonly simulations?: SimulationStore;
  /** What gateways tell each other; `undefined` where there is one. */
  readonly bus?: FleetBus;
  /** Time that gateways agree on, and how far this machine's is ahead of it, ms; those of the machine where they are missing. */
  readonly clock?: () => number;
  readonly clockAheadMs?: () => number;
  /** How the stores do now. */
  standing(): Promise<readonly StoreStanding[]>;
  /** Brings records to where they are kept, then closes everything, the configuration last. */
  close(): Promise<void>;
}

interface Asked {
  readonly config: Pick<Config, 'dataFolder' | 'databaseUrl' | 'redisUrl' | 'secretKey'>;
  readonly logger: Logger;
  /** A test's own clock. */
  readonly clock: (() => number) | undefined;
}

/**
 * The stores that the settings name: those in the data folder, or PostgreSQL and Redis.
 *
 * @throws {StartError} when one cannot be opened; nothing stays open then.
 */
export async function openStores(asked: Asked): Promise<OpenStores> {
  const { databaseUrl, redisUrl } = asked.config;
  const redis = typeof redisUrl === 'string' ? await openRedis(redisUrl, asked.logger) : null;
  try {
    const kept =
      typeof databaseUrl === 'string' ? await inPostgres(databaseUrl, asked) : await inFolder(asked);
    return redis === null ? kept : await withRedis(kept, redis, asked.logger);
  } catch (cause) {
    redis?.disconnect();
    throw cause;
  }
}

type Kept = Omit<OpenStores, 'spend' | 'rates' | 'bus'>;

async function withRedis(kept: Kept, redis: Redis, logger: Logger): Promise<OpenStores> {
  const name = kept.store.read().salt;
  try {
    return {
      ...kept,
      spend: makeRedisSpendStore(redis, name),
      rates: makeRedisRateLimits(redis, name),
      bus: await makeRedisBus(redis, name, logger),
      standing: async () => [
        ...(await kept.standing()),
        await standingOf('redis', () => redis.ping(), redisAway),
      ],
      close: () => kept.close().finally(() => redis.disconnect()),
    };
  } catch (cause) {
    await kept.close();
    throw cause;
  }
}

const redisAway = (reason: string) =>
  `Redis cannot be reached (${reason}): budgets do what each says for that case, limits count in this process alone.`;

async function inFolder({ config, logger, clock = Date.now }: Asked): Promise<Kept> {
  const folder = config.dataFolder;
  const store = await openConfigStore({ folder, clock, onWarning: (text) => logger.warn(text) });
  try {
    const log = await openRecordLog({ folder, logger });
    // The log's flush may fail on a full disk; the configuration is given back even then.
    return {
      store,
      log,
      standing: standingOfLog(log),
      close: () => log.close().finally(() => store.close()),
    };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}

/** Only with a key that gateways share: what one seals with its own, no other could open. */
function sharedTexts(
  { dataFolder, secretKey = null }: Asked['config'],
  pool: Pool,
  logger: Logger,
): Pick<OpenStores, 'texts'> {
  if (secretKey === null) return {};
  const keys = openMasterKeys({ folder: dataFolder, stated: secretKey }).toOpen();
  return { texts: makePostgresTextLog({ pool, cipher: makeSharedTextCipher(keys), logger }) };
}

/** A database that answers, and whose configuration cannot be read all the same. */
function withBehind(
  standing: StoreStanding,
  behind: ReturnType<PostgresConfigStore['behind']>,
): StoreStanding {
  if (standing.problem !== null || behind === null) return standing;
  const since = new Date(behind.since).toISOString();
  return {
    ...standing,
    problem: `The configuration cannot be read anew since ${since} (${behind.reason}): what was published before goes on serving here.`,
  };
}

/** Without its log an embedded installation takes no requests. */
export function standingOfLog(log: RecordLog): OpenStores['standing'] {
  const problem = (reason: string) => `The request log cannot be read: ${reason}`;
  return async () => [await standingOf('records', () => log.count(), problem, true)];
}

async function inPostgres(url: string, { config, logger, clock }: Asked): Promise<Kept> {
  // What belongs to one gateway alone still lies there.
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 });
  const pool = await openPool(url, logger);
  try {
    const log = await openPostgresRecordLog({ pool, logger });
    const shared = await openSharedClock({ pool, logger });
    const now = clock ?? shared.now;
    const store = await openPostgresConfigStore({ url, pool, logger, clock: now });
    const close = () =>
      log
        .close()
        .finally(() => store.close())
        .finally(() => shared.close())
        .finally(() => pool.end());
    const problem = (reason: string) =>
      `PostgreSQL cannot be reached (${reason}): what is published goes on serving, nothing can be changed, records wait in memory.`;
    return {
      store,
      log,
      alerts: await openPostgresAlertJournal(pool),
      simulations: makePostgresSimulationStore(pool),
      ...sharedTexts(config, pool, logger),
      clock: now,
      clockAheadMs: shared.aheadMs,
      standing: async () => [
        withBehind(await standingOf('postgres', () => pool.query('SELECT 1'), problem), store.behind()),
      ],
      close,
    };
  } catch (cause) {
    await pool.end();
    throw cause;
  }
}

/** @throws {StartError} when Redis does not answer. */
async function openRedis(url: string, logger: Logger): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    // What is asked while Redis is away fails at once: a budget says what happens then.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  });
  redis.on('error', (error) => logger.warn({ err: error }, 'Redis cannot be reached'));
  try {
    await redis.connect();
    return redis;
  } catch (cause) {
    redis.disconnect();
    throw new StartError(
      `The Redis of REDIS_URL cannot be used: ${messageOf(cause)}. Correct the setting, or unset it to count in this process alone.`,
      { cause },
    );
  }
}
