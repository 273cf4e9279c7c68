import { readFileSync } from 'node:fs';
import { openConfiguration } from '../backup/open-configuration.ts';
import { describe, describeSecrets, type Restored, restoreBackup } from '../backup/restore-backup.ts';
import { loadConfig } from '../config/config.ts';
import { messageOf, StartError } from '../errors.ts';
import { openMasterKeys } from '../governance/secrets/master-keys.ts';
import { makeSecretBox } from '../governance/secrets/secret-box.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill restore FILE [--replace] [--json]

Puts the configuration of a file that "waybill export" wrote into the database of DATABASE_URL, or into the data folder
(WAYBILL_DATA), on which Waybill must not be running then. Gateways that run on the database serve it at once. It is one
change, put on record; requests, texts and the audit stay as they are.

  --replace  where there is a configuration already, the file takes its place
  --json     one JSON object: parts, saltChanged, unopened, unopenedSignOn, secretsLeftOut`;

/** `waybill restore`: the configuration from a file. */
export const restore: Verb = {
  summary: 'puts a configuration that was exported in place',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { replace: 'flag', json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0) return misuse(io, 'waybill restore takes one file.', usage);
    const text = read(path);
    const { config } = loadConfig(process.env);
    const open = await openConfiguration(config, (sentence) => io.stderr.write(`${sentence}\n`));
    try {
      const keys = openMasterKeys({ folder: config.dataFolder, stated: config.secretKey ?? null });
      const options = {
        replace: values.replace === true,
        actor: 'command line',
        secrets: makeSecretBox(keys),
      };
      const done = await restoreBackup(open.store, { path, text }, options);
      const said = [`Restored ${path} to ${open.place} (${describe(done.parts)}).`, ...hintsOf(done)];
      io.stdout.write(values.json === true ? `${JSON.stringify(done)}\n` : `${said.join('\n')}\n`);
      return 0;
    } finally {
      await open.close();
    }
  },
};

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StartError(`${path} cannot be read: ${messageOf(cause)}.`, { cause });
  }
}

function hintsOf({ unopened, unopenedSignOn, secretsLeftOut, saltChanged }: Restored): readonly string[] {
  const hints = Object.entries(unopened).map(
    ([id, count]) =>
      `${describeSecrets(count, id === unopenedSignOn)} sealed with the master key ${id}, which is not here: set WAYBILL_SECRET_KEY to it (behind a comma, if there is another), or enter what is missing anew.`,
  );
  if (secretsLeftOut)
    hints.push(
      'The file has neither keys of providers nor the client secret of single sign-on: enter them under Providers and People.',
    );
  if (saltChanged) hints.push('Gateways that are running on it have to be started anew.');
  return hints;
}
