import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../errors.ts';

const fileName = 'texts.key';

/**
 * The key that texts are sealed with, from a file beside them that only this user can read; made when it is first asked for.
 * Deleting the file makes every text that was kept unreadable for good.
 *
 * @throws {StartError} when the file is not one of ours.
 */
export function readTextKey(folder: string): Buffer {
  const path = join(folder, fileName);
  try {
    const file = openSync(path, 'wx', 0o600);
    const key = randomBytes(32);
    writeSync(file, `${key.toString('hex')}\n`);
    fsyncSync(file);
    closeSync(file);
    return key;
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new StartError(
      `${path} holds no key: it must be 64 hexadecimal digits. Put back the one that was there.`,
    );
  return Buffer.from(text, 'hex');
}
