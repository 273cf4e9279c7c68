import type { Pool } from 'pg';
import { StartError } from '../errors.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { openPostgresRecordLog } from '../store/postgres/open-record-log.ts';
import { standingOf, takeConfiguration, verifyTaken } from '../store/postgres/take-configuration.ts';
import type { RecordLog } from '../store/record-log.ts';
import { copyRecords, differences } from './copy-records.ts';

export interface Moved {
  /** `ahead`: it has been changed in the database since it was moved, and stays as it is there. */
  readonly configuration: 'moved' | 'unchanged' | 'ahead';
  /** Audit entries that came along in this run. */
  readonly auditEntries: number;
  readonly records: number;
  /** Written in this run. */
  readonly written: number;
  /** Sentences about what differs afterwards; none: both hold the same. */
  readonly differences: readonly string[];
}

/**
 * Moves an embedded installation into PostgreSQL: configuration with its audit's chain, then the request log. It may be cut
 * off and run again; what is there is not moved twice. The folder stays as it is, with the move on record.
 *
 * @throws {StartError} when the chain is broken, or the database holds something else.
 */
export async function moveToPostgres(parts: {
  readonly store: ConfigStore;
  readonly log: RecordLog;
  readonly pool: Pool;
  /** The database for the audit, without password. */
  readonly name: string;
  readonly logger: Parameters<typeof openPostgresRecordLog>[0]['logger'];
  readonly onProgress: (done: number, total: number) => void;
}): Promise<Moved> {
  const { store, log, pool, name, logger, onProgress } = parts;
  const { ok, broken } = await store.audit.verify();
  if (!ok)
    throw new StartError(
      `The audit of the data folder is broken, so that it is not moved: ${broken?.message}`,
    );
  const standing = await standingOf(pool, store);
  if (standing.kind === 'behind') {
    const audit = { actor: 'command line', action: 'configuration.migrate', subject: 'configuration' };
    await store.update({ ...audit, before: null, after: { to: name } }, (state) => state);
  }
  const auditEntries = await takeConfiguration(pool, store);
  const state = store.read();
  const chain = await verifyTaken(pool, state);
  if (standing.kind !== 'ahead' && !chain.ok)
    throw new StartError(`The audit in the database does not hold: ${chain.broken?.message}`);
  await log.flush();
  const target = await openPostgresRecordLog({ pool, logger });
  try {
    const copied = await copyRecords(log, target, pool, onProgress);
    const configuration = ({ behind: 'moved', same: 'unchanged', ahead: 'ahead' } as const)[standing.kind];
    return { configuration, auditEntries, ...copied, differences: await differences(log, target) };
  } finally {
    await target.close();
  }
}
