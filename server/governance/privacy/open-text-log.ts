import { createHash } from 'node:crypto';
import { appendFile, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { oneAtATime } from '../../store/one-at-a-time.ts';
import { makeTextCipher, type TextCipher } from './text-cipher.ts';
import { readTextKey } from './text-key.ts';
import { dayMs, type KeptText, type TextLog } from './text-log.ts';

/** A line of a day's file: whose it is stands open, so that it can be erased; what was said is sealed. */
const Line = z.strictObject({ id: z.string(), at: z.number(), key: z.string(), sealed: z.string() });
type Line = z.output<typeof Line>;

const Sealed = z.strictObject({
  messages: z.array(z.strictObject({ role: z.string(), text: z.string() })),
  answer: z.string(),
  cut: z.boolean(),
});

/** Texts waiting to be written at most; beyond, they are dropped: the traffic does not wait for them. */
const mostWaiting = 2_000;

/**
 * Texts in `<folder>/texts/<team>/<day>.ndjson`, the team as a hash: a day of a team is a file, so that purging deletes files.
 * Sealed with AES-256-GCM by the key of `texts.key`, which is made with the first text.
 */
export function openTextLog({
  folder,
  logger,
}: {
  readonly folder: string;
  readonly logger: Logger;
}): TextLog {
  const root = join(folder, 'texts');
  const inTurn = oneAtATime();
  let sealing: TextCipher | undefined;
  const cipher = () => {
    sealing ??= makeTextCipher(readTextKey(folder));
    return sealing;
  };
  let waiting: KeptText[] = [];

  /** In turn only. */
  async function write(): Promise<void> {
    const taken = waiting;
    waiting = [];
    const files = new Map<string, KeptText[]>();
    for (const text of taken) {
      const path = join(root, folderOf(text.team), fileOf(text.at));
      files.set(path, [...(files.get(path) ?? []), text]);
    }
    for (const [path, texts] of files) {
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      const lines = texts.map((text) => `${JSON.stringify(seal(text, cipher()))}\n`);
      await appendFile(path, lines.join(''), { mode: 0o600 });
    }
  }
  const flush = () => inTurn(write);
  const unseal = (line: Line, team: string): KeptText => {
    const { id, at, key } = line;
    return { id, at, team, key, ...Sealed.parse(JSON.parse(cipher().open(line.sealed, placeOf(id, team)))) };
  };

  return {
    append: (text) => {
      if (waiting.length >= mostWaiting) {
        logger.error({ request: text.id }, 'the text log is full; a text is not kept');
        return;
      }
      waiting.push(text);
      if (waiting.length === 1)
        flush().catch((err: unknown) => logger.error({ err }, 'texts cannot be written; they are not kept'));
    },
    flush,
    find: async ({ id, team, at }) => {
      await flush();
      const line = (await readLines(join(root, folderOf(team), fileOf(at)))).find((one) => one.id === id);
      return line === undefined ? undefined : unseal(line, team);
    },
    newest: async (team, most) => {
      await flush();
      const found: KeptText[] = [];
      for (const path of (await filesOf(join(root, folderOf(team)))).reverse()) {
        if (found.length >= most) break;
        const lines = (await readLines(path)).reverse().slice(0, most - found.length);
        found.push(...lines.map((line) => unseal(line, team)));
      }
      return found;
    },
    holding: async (team) => {
      await flush();
      const files = await filesOf(join(root, folderOf(team)));
      const sizes = await Promise.all(files.map(async (path) => (await stat(path)).size));
      const counts = await Promise.all(files.map(async (path) => (await readLines(path)).length));
      const [first] = files;
      const from = first === undefined ? null : dayOf(first);
      return { texts: sum(counts), bytes: sum(sizes), from };
    },
    countOf: async (team, key) => {
      await flush();
      const files = await filesOf(join(root, folderOf(team)));
      const lines = await Promise.all(files.map(readLines));
      return lines.flat().filter((line) => line.key === key).length;
    },
    purge: (now, daysOf) =>
      inTurn(async () => {
        await write();
        const kept = new Map([...daysOf].map(([team, days]) => [folderOf(team), days]));
        let gone = 0;
        for (const name of await namesIn(root)) {
          const days = kept.get(name);
          for (const path of await filesOf(join(root, name))) {
            if (days !== undefined && now - dayOf(path) < days * dayMs) continue;
            gone += (await readLines(path)).length;
            await rm(path);
          }
          if ((await namesIn(join(root, name))).length === 0) await rm(join(root, name), { recursive: true });
        }
        return gone;
      }),
    eraseKey: (team, key) =>
      inTurn(async () => {
        await write();
        let gone = 0;
        for (const path of await filesOf(join(root, folderOf(team)))) gone += await eraseFrom(path, key);
        return gone;
      }),
    close: flush,
  };
}

function seal({ id, at, team, key, messages, answer, cut }: KeptText, cipher: TextCipher): Line {
  return { id, at, key, sealed: cipher.seal(JSON.stringify({ messages, answer, cut }), placeOf(id, team)) };
}

function placeOf(id: string, team: string): string {
  return `${id}\n${team}`;
}

/** A team's name may hold anything; a hash of it is a name for a folder. */
function folderOf(team: string): string {
  return createHash('sha256').update(team).digest('hex').slice(0, 32);
}

function fileOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 10)}.ndjson`;
}

/** When the day of a file begins, ms since 1970. */
function dayOf(path: string): number {
  return Date.parse(`${path.slice(-'2026-01-01.ndjson'.length, -'.ndjson'.length)}T00:00:00Z`);
}

/** Oldest first. */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await namesIn(folder)).filter((name) => /^\d{4}-\d\d-\d\d\.ndjson$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** Lines that can be read; the half line of a killed process is none. */
async function readLines(path: string): Promise<Line[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((written) => {
    const line = written === '' ? undefined : Line.safeParse(jsonIn(written));
    return line?.success === true ? [line.data] : [];
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes a file anew without the lines of a key, beside the old one first, so that a crash loses neither. */
async function eraseFrom(path: string, key: string): Promise<number> {
  const lines = await readLines(path);
  const left = lines.filter((line) => line.key !== key);
  if (left.length === lines.length) return 0;
  if (left.length === 0) await rm(path);
  else {
    const beside = `${path}.new`;
    await writeFile(beside, left.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
    const file = await open(beside, 'r');
    await file.sync().finally(() => file.close());
    await rename(beside, path);
  }
  return lines.length - left.length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
