import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { RequestRecord } from '#engine/signals/index.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import type { RecordLog } from '../record-log.ts';
import { forgetKey, heldOf, stripBefore } from './erase-records.ts';
import { queryColumns, queryPage, queryRecord, querySummary } from './query-records.ts';
import { querySpend, queryUsage } from './query-spend.ts';
import { prepareRecordTables } from './record-tables.ts';
import { readRollups, retireBefore } from './retire-records.ts';
import { writeRecords } from './write-records.ts';

/** Records are written after so long at the latest, ms: what a killed process loses. */
const writeEveryMs = 500;
const batchSize = 1_000;
/** So many wait in memory while PostgreSQL is away; those that come then are lost, and told of. */
const mostWaiting = 200_000;

/** The request log in PostgreSQL, cut into days, written in batches by many gateways. */
export async function openPostgresRecordLog({
  pool,
  logger,
}: {
  readonly pool: Pool;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
}): Promise<RecordLog> {
  await prepareRecordTables(pool);
  const inTurn = oneAtATime();
  let waiting: RequestRecord[] = [];
  let lost = 0;
  let timer: NodeJS.Timeout | undefined;

  /** A batch that fails goes back to the front: the same ids again are passed over. */
  async function write(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchSize);
      try {
        await writeRecords(pool, batch);
      } catch (cause) {
        waiting = [...batch, ...waiting];
        throw cause;
      }
    }
  }

  function later(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      inTurn(write).catch((cause: unknown) => {
        logger.error({ err: cause, waiting: waiting.length }, 'records cannot be written; trying again');
        later();
      });
    }, writeEveryMs);
  }

  const flush = () => inTurn(write);
  return {
    append: (record) => {
      if (waiting.length >= mostWaiting) {
        lost += 1;
        if (lost % 10_000 === 1)
          logger.error({ lost }, 'PostgreSQL has been away too long; records are lost');
        return;
      }
      waiting.push(record);
      later();
    },
    flush,
    count: async () => {
      const { rows } = await pool.query<{ count: number }>(
        'SELECT count(*)::double precision AS count FROM waybill_records',
      );
      return rows[0]?.count ?? 0;
    },
    page: (query) => queryPage(pool, query),
    find: (id) => queryRecord(pool, id),
    summary: (query) => querySummary(pool, query),
    spend: (query) => querySpend(pool, query),
    usage: (query) => queryUsage(pool, query),
    held: (key) => heldOf(pool, key),
    forget: (key) => forgetKey(pool, key),
    strip: (before, whose) => stripBefore(pool, before, whose),
    retire: (before) => retireBefore(pool, before),
    rollups: (window) => readRollups(pool, window),
    columns: (window) => queryColumns(pool, window),
    close: async () => {
      await flush().finally(() => clearTimeout(timer));
    },
  };
}
