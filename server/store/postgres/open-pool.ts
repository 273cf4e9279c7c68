import pg from 'pg';
import type { Logger } from 'pino';
import { messageOf, StartError } from '../../errors.ts';
import { migrate } from './migrations.ts';

/**
 * Connections to the database of `DATABASE_URL`, brought to this release.
 *
 * @throws {StartError} when it cannot be reached or a newer release has been there.
 */
export async function openPool(
  url: string,
  logger: Pick<Logger, 'warn'>,
  connections = 10,
): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: 'waybill',
  });
  // An idle connection that breaks would end the process otherwise.
  pool.on('error', (error) => logger.warn({ err: error }, 'a connection to PostgreSQL broke'));
  try {
    await migrate(pool);
  } catch (cause) {
    await pool.end().catch(() => undefined);
    if (cause instanceof StartError) throw cause;
    throw new StartError(
      `The database of DATABASE_URL cannot be used: ${messageOf(cause)}. Correct the setting, or unset it to keep everything in WAYBILL_DATA.`,
      { cause },
    );
  }
  return pool;
}
