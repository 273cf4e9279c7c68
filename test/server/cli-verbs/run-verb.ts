import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Verb } from '#server/cli/verb.ts';

export interface VerbRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a verb without a process. */
export async function runVerb(
  verb: Verb,
  args: readonly string[],
  { stdin = '', isTerminal = false }: { readonly stdin?: string; readonly isTerminal?: boolean } = {},
): Promise<VerbRun> {
  let out = '';
  let err = '';
  const code = await verb.run(args, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: Readable.from([stdin]),
    isTerminal,
  });
  return { code, out, err };
}

/** A folder of this test's own. */
export function aFolder(): string {
  return mkdtempSync(join(tmpdir(), 'waybill-'));
}

/** Writes a file and answers its path. */
export function aFile(name: string, content: string | object): string {
  const path = join(aFolder(), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

export function shippedPath(name: string): string {
  return new URL(`../../../policies/${name}.policy.json`, import.meta.url).pathname;
}
