import { writeFileSync } from 'node:fs';
import { backupOf } from '../backup/backup-file.ts';
import { openConfiguration } from '../backup/open-configuration.ts';
import { countParts, describe } from '../backup/restore-backup.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { messageOf, StartError } from '../errors.ts';
import { packageVersion } from '../package-root.ts';
import type { Configuration } from '../store/config-store.ts';
import { FolderInUse } from '../store/lowdb/folder-lock.ts';
import { readConfigFile } from '../store/lowdb/open-config-store.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill export FILE [--without-secrets] [--json]

Writes all configuration to one JSON file, from the database of DATABASE_URL, or from the data folder (WAYBILL_DATA);
Waybill may be running meanwhile. Gateway keys are in it as hashes, keys of providers sealed with the master key. Requests,
texts and the audit are not in it. That it was written is put on record, but for a data folder that Waybill runs on.

  --without-secrets  leaves keys of providers out
  --json             one JSON object: file, secrets, recorded, parts`;

/** `waybill export`: the configuration as a file. */
export const exportVerb: Verb = {
  summary: 'writes all configuration to a file, to be restored elsewhere',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { 'without-secrets': 'flag', json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) return misuse(io, 'waybill export takes one file.', usage);
    const { config } = loadConfig(process.env);
    const secrets = values['without-secrets'] === true ? 'left out' : 'sealed';
    const { state, place, recorded } = await readState(config, secrets, (text) =>
      io.stderr.write(`${text}\n`),
    );
    const exportedAt = recorded ? (state.audit.last?.at ?? '') : new Date().toISOString();
    write(file, backupOf(state, { release: packageVersion, exportedAt, secrets }));
    const parts = countParts(state);
    const said = [`Wrote the configuration of ${place} to ${file} (${describe(parts)}).`, sentences[secrets]];
    if (!recorded) said.push('Waybill is running there, so that this is not on record.');
    io.stdout.write(
      values.json === true
        ? `${JSON.stringify({ file, secrets, recorded, parts })}\n`
        : `${said.join(' ')}\n`,
    );
    return 0;
  },
};

interface Read {
  readonly state: Configuration;
  readonly place: string;
  /** Whether it is on record that it was read. */
  readonly recorded: boolean;
}

async function readState(
  config: Config,
  secrets: keyof typeof sentences,
  warn: (sentence: string) => void,
): Promise<Read> {
  try {
    const open = await openConfiguration(config, warn);
    const audit = { actor: 'command line', action: 'configuration.export', subject: 'configuration' };
    try {
      const state = await open.store.update({ ...audit, before: null, after: { secrets } }, (now) => now);
      return { state, place: open.place, recorded: true };
    } finally {
      await open.close();
    }
  } catch (cause) {
    const state = cause instanceof FolderInUse ? await readConfigFile(config.dataFolder) : undefined;
    if (state === undefined) throw cause;
    return { state, place: `the data folder ${config.dataFolder}`, recorded: false };
  }
}

const sentences = {
  sealed:
    'Keys of providers are sealed in it: to use them elsewhere, the same master key is needed there (WAYBILL_SECRET_KEY, or secret.key of the data folder).',
  'left out': 'Keys of providers are not in it: they have to be entered anew where it is restored.',
} as const;

function write(file: string, backup: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(backup, null, 1)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new StartError(
      `${file} cannot be written: ${messageOf(cause)}. Name a file that is not there yet.`,
      {
        cause,
      },
    );
  }
}
