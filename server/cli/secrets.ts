import { loadConfig } from '../config/config.ts';
import { resealSecrets } from '../governance/secrets/reseal.ts';
import { openConfigStore } from '../store/lowdb/open-config-store.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill secrets rotate [--json]

Encrypts every kept key of a provider anew. With the master key in the data folder (secret.key) a new one is made and the
old one thrown away; with WAYBILL_SECRET_KEY set to "new,old" the new one is used, and the old one may be taken out
afterwards. Waybill must not be running on the data folder.

  --json  one JSON object: secrets, masterKey`;

/** `waybill secrets rotate`: a new master key. */
export const secrets: Verb = {
  summary: 'encrypts the kept keys of providers with a new master key',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    if (positionals.length !== 1 || positionals[0] !== 'rotate')
      return misuse(io, 'waybill secrets takes one word: rotate.', usage);
    const { config } = loadConfig(process.env);
    const folder = config.dataFolder;
    const store = await openConfigStore({ folder, onWarning: (text) => io.stderr.write(`${text}\n`) });
    try {
      const stated = config.secretKey ?? null;
      const done = await resealSecrets(store, { folder, stated, actor: 'command line' });
      io.stdout.write(
        values.json === true
          ? `${JSON.stringify(done)}\n`
          : `Encrypted ${done.secrets} keys of providers with the master key ${done.masterKey}.\n`,
      );
      return 0;
    } finally {
      await store.close();
    }
  },
};
