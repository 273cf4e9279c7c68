import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.ts';
import type { AuditHead } from '../governance/audit/audit-entry.ts';
import { linesOf } from '../governance/audit/open-audit-file.ts';
import { type ChainReport, verifyChain } from '../governance/audit/verify-chain.ts';
import { auditFileName } from '../store/lowdb/open-audit.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showCount } from './show.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill audit verify [FOLDER | FILE] [--expect HASH] [--json]

Walks the chain of the audit log and says whether an entry was changed, removed, moved, put in or cut off. Takes a data
folder (WAYBILL_DATA, ./.waybill), while Waybill runs on it or not, or a file exported as JSON lines. Exit code 1 names the
first entry that is not what it has to be.

  --expect  the chain has to hold this hash: one that was noted elsewhere, so that a log forged anew as a whole is found
  --json    one JSON object: ok, entries, head, broken`;

const options = { expect: 'text', json: 'flag' } as const;

/** `waybill audit verify`: whether the audit's chain holds. */
export const audit: Verb = {
  summary: 'checks that nobody tampered with the audit log',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const [word, place = process.env.WAYBILL_DATA ?? '.waybill', ...others] = positionals;
    if (word !== 'verify') return misuse(io, 'waybill audit takes one word: verify.', usage);
    if (others.length > 0) return misuse(io, 'waybill audit verify takes one folder or file.', usage);
    const path = resolve(place);
    if (!existsSync(path))
      throw new StartError(`There is no ${path}. Name a data folder or an exported file.`);
    const seen = new Set<string>();
    const report = await verify(path, seen);
    const expected = values.expect?.toLowerCase();
    const lacks = report.ok && expected !== undefined && !seen.has(expected);
    if (values.json === true)
      io.stdout.write(`${JSON.stringify(lacks ? forged(report, expected) : report)}\n`);
    else io.stdout.write(`${lacks ? forged(report, expected).broken.message : sentence(report)}\n`);
    return report.ok && !lacks ? 0 : 1;
  },
};

function verify(path: string, seen: Set<string>): Promise<ChainReport> {
  if (!statSync(path).isDirectory()) return verifyChain(noting(linesOf(path), seen), null);
  return verifyFolder(path, seen);
}

/**
 * The configuration is written before the log, so a running server may be an entry ahead; when its end did not move while
 * the log was read, what is missing at the end is the one entry that it still holds, or was cut.
 */
async function verifyFolder(folder: string, seen: Set<string>): Promise<ChainReport> {
  const log = join(folder, auditFileName);
  if (!existsSync(log))
    throw new StartError(`${folder} holds no ${auditFileName}: is it a data folder of Waybill?`);
  for (let turn = 0; ; turn += 1) {
    const before = endIn(folder);
    seen.clear();
    const report = await verifyChain(noting(linesOf(log), seen), before);
    const after = endIn(folder);
    if (before.hash === after.hash || turn === 9)
      return isOnItsWay(report, after) ? { ...report, ok: true, broken: null } : report;
  }
}

const Anchor = z.object({
  audit: z.object({
    sequence: z.number(),
    hash: z.string(),
    last: z.object({ previous: z.string(), sequence: z.number() }).nullable(),
  }),
});
type Anchor = z.output<typeof Anchor>['audit'];

function endIn(folder: string): Anchor {
  const path = join(folder, 'config.json');
  const parsed = Anchor.safeParse(existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null);
  if (parsed.success) return parsed.data.audit;
  throw new StartError(`${path} does not say where the audit ends: start this release on the folder once.`);
}

function isOnItsWay({ broken, head }: ChainReport, { sequence, last }: Anchor): boolean {
  return broken?.kind === 'cut' && sequence === head.sequence + 1 && last?.previous === head.hash;
}

/** Notes every hash that passes. */
async function* noting(lines: AsyncIterable<string>, seen: Set<string>): AsyncGenerator<string> {
  for await (const line of lines) {
    const hash = /"hash":"([0-9a-f]{64})"/.exec(line)?.[1];
    if (hash !== undefined) seen.add(hash);
    yield line;
  }
}

function forged(report: ChainReport, expected: string | undefined) {
  const message = `The chain holds in itself, but no entry has the hash ${expected}: the log was written anew.`;
  return { ...report, ok: false, broken: { sequence: 0, line: null, kind: 'unknown' as const, message } };
}

function sentence({ ok, entries, head, broken }: ChainReport): string {
  if (ok) return `The chain holds: ${showCount(entries)} entries, the last with hash ${headText(head)}.`;
  return `The chain is broken at entry ${broken?.sequence ?? 0}. ${broken?.message ?? ''}`;
}

function headText({ sequence, hash }: AuditHead): string {
  return sequence === 0 ? 'none yet' : hash;
}
