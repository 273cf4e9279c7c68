import { type Moved, moveToPostgres } from '../backup/move-to-postgres.ts';
import { databaseName } from '../backup/open-configuration.ts';
import { describeSecrets } from '../backup/restore-backup.ts';
import { loadConfig } from '../config/config.ts';
import { openMasterKeys } from '../governance/secrets/master-keys.ts';
import { openRecordLog } from '../store/duckdb/open-record-log.ts';
import { openConfigStore } from '../store/lowdb/open-config-store.ts';
import { openPool } from '../store/postgres/open-pool.ts';
import { makeLogger } from '../telemetry/make-logger.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showProgress } from './progress.ts';
import { showCount } from './show.ts';
import type { Io, Verb } from './verb.ts';

const usage = `Usage: waybill migrate --to DATABASE_URL [--json]

Moves the installation of the data folder (WAYBILL_DATA) into PostgreSQL: configuration, the audit with its chain, the
request log day by day, kept what-ifs, and texts that teams opted to keep where WAYBILL_SECRET_KEY is set, with which they
are sealed there. Waybill must not be running on the folder, nor yet on the database. It may be cut off and run again.
Afterwards both are compared, to the nano-dollar; exit code 1 says what differs. The folder stays as it is, with the list of
alerts that were told.

  --to    postgresql://user:password@host:5432/database, empty
  --json  one JSON object: configuration, auditEntries, records, written, whatIfs, texts, unopened, unopenedSignOn, differences`;

/** `waybill migrate`: from the data folder into PostgreSQL. */
export const migrateVerb: Verb = {
  summary: 'moves an installation from its data folder into PostgreSQL',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { to: 'text', json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const { to, json = false } = values;
    if (to === undefined || positionals.length > 0)
      return misuse(io, 'waybill migrate needs --to and nothing else.', usage);
    if (!URL.canParse(to) || !/^postgres(ql)?:$/.test(new URL(to).protocol))
      return misuse(
        io,
        '--to is not an address. It must look like postgresql://user:password@host:5432/waybill.',
        usage,
      );
    const { config } = loadConfig({ ...process.env, DATABASE_URL: '', REDIS_URL: '' });
    const { dataFolder, secretKey = null } = config;
    const keys = secretKey === null ? [] : openMasterKeys({ folder: dataFolder, stated: secretKey }).toOpen();
    const moved = await move(dataFolder, to, keys, io);
    if (json) io.stdout.write(`${JSON.stringify(moved)}\n`);
    else io.stdout.write(`${report(moved, dataFolder, to, secretKey)}\n`);
    return moved.differences.length === 0 ? 0 : 1;
  },
};

async function move(folder: string, url: string, keys: readonly Buffer[], io: Io): Promise<Moved> {
  const logger = makeLogger('error', 2);
  const store = await openConfigStore({ folder, onWarning: (text) => io.stderr.write(`${text}\n`) });
  try {
    const log = await openRecordLog({ folder, logger });
    try {
      const pool = await openPool(url, logger, 4);
      const progress = showProgress(io, 'Moving requests');
      try {
        const name = databaseName(url);
        const parts = { store, log, pool, name, folder, keys, logger, onProgress: progress.update };
        return await moveToPostgres(parts);
      } finally {
        progress.clear();
        await pool.end();
      }
    } finally {
      await log.close();
    }
  } finally {
    await store.close();
  }
}

function report(moved: Moved, folder: string, url: string, secretKey: string | null): string {
  const { configuration, auditEntries, records, written, whatIfs, texts, unopened, unopenedSignOn } = moved;
  const said = {
    moved: `Moved the configuration and ${showCount(auditEntries)} audit entries; the chain holds.`,
    unchanged: 'The configuration was there already.',
    ahead: 'The configuration was there already and has been changed there since; it stays.',
  }[configuration];
  const lines = [
    `From ${folder} to ${databaseName(url)}.`,
    said,
    `${showCount(records)} requests, ${showCount(written)} of them written now; ${showCount(whatIfs)} kept what-ifs${texts === null ? '' : ` and ${showCount(texts)} texts`}.`,
  ];
  if (moved.differences.length > 0) return [...lines, 'They differ:', ...moved.differences].join('\n');
  lines.push('Compared: requests, calls, tokens and cost of every day agree to the nano-dollar.');
  if (secretKey === null)
    lines.push(
      `Keys of providers are sealed with the key in ${folder}/secret.key, where there is one: set WAYBILL_SECRET_KEY to what it holds on every gateway. Texts of teams stayed in the folder: with it set, this command brings them along.`,
    );
  else if (unopened > 0)
    lines.push(
      `${describeSecrets(unopened, unopenedSignOn)} sealed with the key in ${folder}/secret.key and not with WAYBILL_SECRET_KEY: on every gateway, put what it holds behind a comma ("new,old").`,
    );
  return [...lines, 'Start gateways with DATABASE_URL set to that database.'].join('\n');
}
