import { writeFileSync } from 'node:fs';
import { backupOf } from '../backup/backup-file.ts';
import { openConfiguration } from '../backup/open-configuration.ts';
import { countParts, describe } from '../backup/restore-backup.ts';
import { loadConfig } from '../config.ts';
import { messageOf, StartError } from '../errors.ts';
import { packageVersion } from '../package-root.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill export FILE [--without-secrets] [--json]

Writes all configuration to one JSON file, from the database of DATABASE_URL, or from the data folder (WAYBILL_DATA), on
which Waybill must not be running then. Gateway keys are in it as hashes, keys of providers sealed with the master key.
Requests, texts and the audit are not in it; that it was written is put on record.

  --without-secrets  leaves keys of providers out
  --json             one JSON object: file, secrets, parts`;

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
    const open = await openConfiguration(config, (text) => io.stderr.write(`${text}\n`));
    try {
      const state = await open.store.update(
        {
          actor: 'command line',
          action: 'configuration.export',
          subject: 'configuration',
          before: null,
          after: { secrets },
        },
        (now) => now,
      );
      const exportedAt = state.audit.last?.at ?? '';
      write(file, backupOf(state, { release: packageVersion, exportedAt, secrets }));
      const parts = countParts(state);
      io.stdout.write(
        values.json === true
          ? `${JSON.stringify({ file, secrets, parts })}\n`
          : `Wrote the configuration of ${open.place} to ${file} (${describe(parts)}). ${sentences[secrets]}\n`,
      );
      return 0;
    } finally {
      await open.close();
    }
  },
};

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
