import { openConfiguration } from '../backup/open-configuration.ts';
import { loadConfig } from '../config/config.ts';
import { resetOwner } from '../governance/people/reset-owner.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill people reset-owner EMAIL [--json]

The way back in for an owner who forgot the password: makes EMAIL an active owner (a new account where there is none) and
prints the path of a page to set its password on, good once and for a day. Works on the database of DATABASE_URL, where
Waybill may be running, or on the data folder (WAYBILL_DATA), where it must not. It is put on record.

  --json  one JSON object: path, created, madeOwner`;

/** `waybill people reset-owner`: for an installation that nobody gets into any more. */
export const people: Verb = {
  summary: 'lets an owner who forgot the password back in',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const [word, email, ...others] = positionals;
    if (word !== 'reset-owner' || email === undefined || others.length > 0)
      return misuse(io, 'waybill people takes two words: reset-owner and an e-mail address.', usage);
    if (!/^[^\s@<>"]+@[^\s@<>"]+$/.test(email))
      return misuse(io, `"${email}" is not an e-mail address, such as ann@example.com.`, usage);
    const { config } = loadConfig(process.env);
    const open = await openConfiguration(config, (text) => io.stderr.write(`${text}\n`));
    try {
      const done = await resetOwner(open.store, { email, actor: 'command line', now: Date.now() });
      const what = done.created ? 'has a new account as owner' : 'is an active owner';
      io.stdout.write(
        values.json === true
          ? `${JSON.stringify(done)}\n`
          : `${email} ${what}. To set the password, open this page of the studio within a day:\n${done.path}\n`,
      );
      return 0;
    } finally {
      await open.close();
    }
  },
};
