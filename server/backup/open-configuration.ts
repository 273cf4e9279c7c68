import type { Config } from '../config/config.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { openConfigStore } from '../store/lowdb/open-config-store.ts';
import { openPostgresConfigStore } from '../store/postgres/open-config-store.ts';
import { openPool } from '../store/postgres/open-pool.ts';
import { makeLogger } from '../telemetry/make-logger.ts';

/** A configuration that was opened for one piece of work. */
export interface OpenConfiguration {
  readonly store: ConfigStore;
  /** For people: `the data folder /x`, `the database waybill on db:5432`. */
  readonly place: string;
  close(): Promise<void>;
}

/**
 * The configuration of `DATABASE_URL`, which gateways may be running on, else that of the data folder, which nobody may.
 *
 * @throws {StartError} when it cannot be opened.
 */
export async function openConfiguration(
  { databaseUrl, dataFolder }: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  warn: (sentence: string) => void,
): Promise<OpenConfiguration> {
  if (typeof databaseUrl !== 'string') {
    const store = await openConfigStore({ folder: dataFolder, onWarning: warn });
    return { store, place: `the data folder ${dataFolder}`, close: () => store.close() };
  }
  const logger = makeLogger('error', 2);
  const pool = await openPool(databaseUrl, logger, 3);
  try {
    const store = await openPostgresConfigStore({ url: databaseUrl, pool, logger });
    const close = () => store.close().finally(() => pool.end());
    return { store, place: databaseName(databaseUrl), close };
  } catch (cause) {
    await pool.end();
    throw cause;
  }
}

/** A database for people and for the audit: without user and password. */
export function databaseName(url: string): string {
  const { host, pathname } = new URL(url);
  return `the database ${decodeURIComponent(pathname.slice(1))} on ${host}`;
}
