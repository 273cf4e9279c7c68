import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { StartError } from '../errors.ts';
import { signOnBound } from '../governance/secrets/reseal.ts';
import { makeSecretBox, type SecretBox } from '../governance/secrets/secret-box.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { openPostgresRecordLog } from '../store/postgres/open-record-log.ts';
import { standingOf, takeConfiguration, verifyTaken } from '../store/postgres/take-configuration.ts';
import type { RecordLog } from '../store/record-log.ts';
import { type CopiedKept, copyKept } from './copy-kept.ts';
import { copyRecords, differences } from './copy-records.ts';
import { unopenedIn } from './restore-backup.ts';

export interface Moved extends CopiedKept {
  /** `ahead`: it has been changed in the database since it was moved, and stays as it is there. */
  readonly configuration: 'moved' | 'unchanged' | 'ahead';
  /** Audit entries that came along in this run. */
  readonly auditEntries: number;
  readonly records: number;
  /** Written in this run. */
  readonly written: number;
  /** How many of the kept secrets the master keys of gateways do not open. */
  readonly unopened: number;
  /** The client secret of single sign-on is among them. */
  readonly unopenedSignOn: boolean;
  /** Sentences about what differs afterwards; none: both hold the same. */
  readonly differences: readonly string[];
}

/**
 * Moves an embedded installation into PostgreSQL: configuration with its audit's chain, the request log, kept what-ifs and
 * texts. It may be cut off and run again; what is there is not moved twice. The folder stays as it is, with the move on record.
 *
 * @throws {StartError} when the chain is broken, or the database holds something else.
 */
export async function moveToPostgres(parts: {
  readonly store: ConfigStore;
  readonly log: RecordLog;
  readonly pool: Pool;
  /** The database for the audit, without password. */
  readonly name: string;
  readonly folder: string;
  /** The master keys that gateways will have in common; none where that is not known. */
  readonly keys: readonly Buffer[];
  readonly logger: Logger;
  readonly onProgress: (done: number, total: number) => void;
}): Promise<Moved> {
  const { store, log, pool, name, folder, keys, logger, onProgress } = parts;
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
    const teams = state.textLogging.map(({ team }) => team);
    const kept = await copyKept({ folder, pool, teams, keys, logger });
    const locked = unopenedIn(state, boxOf(keys));
    const unopened = {
      unopened: locked.length,
      unopenedSignOn: locked.some(({ bound }) => bound === signOnBound),
    };
    const found = await differences(log, target);
    return { configuration, auditEntries, ...copied, ...kept, ...unopened, differences: found };
  } finally {
    await target.close();
  }
}

/** Opens only. */
function boxOf(keys: readonly Buffer[]): SecretBox {
  return makeSecretBox({
    toSeal: () => {
      throw new Error('Nothing is sealed here.');
    },
    toOpen: () => keys,
  });
}
