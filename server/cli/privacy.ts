import { z } from 'zod';
import { ApiError, KeyHolding } from '../contract/index.ts';
import { StartError } from '../errors.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showCount } from './show.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill privacy report KEY [--url URL] [--json]
       waybill privacy erase KEY --yes [--reason TEXT] [--url URL] [--json]

Says what a running Waybill holds about a key, or erases it: texts are deleted; users, metadata and what conversations are
told by are taken out of its records. Tokens and cost stay, so that bills and budgets stay right. Erasing cannot be undone.
With WAYBILL_ADMIN_TOKEN set, it is sent along.

  --url     where Waybill answers; http://127.0.0.1:4800 unless given
  --yes     erases; without it nothing is done
  --reason  why, for the audit
  --json    one JSON object`;

const options = { url: 'text', yes: 'flag', reason: 'text', json: 'flag' } as const;

const Erased = z.object({ records: z.number(), texts: z.number() });

/** `waybill privacy`: what is held about a key, and erasing it. */
export const privacy: Verb = {
  summary: 'says what is held about a key, and erases it',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const [word, key, ...others] = positionals;
    if (word !== 'report' && word !== 'erase')
      return misuse(io, 'waybill privacy takes report or erase.', usage);
    if (key === undefined || others.length > 0)
      return misuse(io, `waybill privacy ${word} takes one key.`, usage);
    if (word === 'erase' && values.yes !== true)
      return misuse(io, 'Erasing cannot be undone. Add --yes to do it.', usage);
    const call = callerAt(values.url ?? 'http://127.0.0.1:4800');
    const path = `/api/privacy/keys/${encodeURIComponent(key)}`;
    const write = (answer: object, sentence: string) =>
      io.stdout.write(values.json === true ? `${JSON.stringify(answer)}\n` : sentence);
    if (word === 'report') {
      const held = KeyHolding.parse(await call('GET', path));
      write(held, report(held));
      return 0;
    }
    const body = { confirm: key, reason: values.reason ?? '' };
    const erased = Erased.parse(await call('POST', `${path}/erase`, body));
    const { texts, records } = erased;
    write(
      erased,
      `${showCount(texts)} texts of ${key} deleted, ${showCount(records)} records made anonymous.\n`,
    );
    return 0;
  },
};

/** @throws {StartError} when nobody answers, or with what the server says. */
function callerAt(base: string): (method: string, path: string, body?: object) => Promise<unknown> {
  const token = process.env.WAYBILL_ADMIN_TOKEN;
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined || token === '' ? {} : { authorization: `Bearer ${token}` }),
  };
  return async (method, path, body) => {
    const asked = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(new URL(path, base), asked).catch((cause: unknown) => {
      throw new StartError(`No Waybill answers at ${base}. Start it, or name another --url.`, { cause });
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    const told = ApiError.safeParse(answer);
    throw new StartError(told.success ? told.data.error.message : `${base} answered ${response.status}.`);
  };
}

function report({
  key,
  team,
  records,
  from,
  to,
  withUser,
  withMetadata,
  texts,
  auditEntries,
  personalColumns,
}: KeyHolding): string {
  const span = from === null ? '' : `, ${from.slice(0, 10)} to ${to?.slice(0, 10)}`;
  return [
    `Key ${key}${team === '' ? ', which nobody has any more' : ` of team ${team}`}`,
    `  records          ${showCount(records)}${span}`,
    `  name a user      ${showCount(withUser)}`,
    `  have metadata    ${showCount(withMetadata)}`,
    `  texts            ${showCount(texts)}`,
    `  audit entries    ${showCount(auditEntries)}`,
    `  may be personal  ${personalColumns.join(', ')}`,
    '',
  ].join('\n');
}
