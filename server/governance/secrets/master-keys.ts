import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../errors.ts';

/** The keys that secrets are sealed with. */
export interface MasterKeys {
  readonly toSeal: () => Buffer;
  readonly toOpen: () => readonly Buffer[];
}

/**
 * The master keys of WAYBILL_SECRET_KEY (`new,old`: the first seals, all open), else of `<data>/secret.key`, one a line,
 * which is made with mode 0600 when something is first sealed.
 *
 * @throws {StartError} for a key that is not 32 bytes.
 */
export function openMasterKeys(options: {
  readonly folder: string;
  readonly stated: string | null;
}): MasterKeys {
  const { folder, stated } = options;
  if (stated !== null) {
    const keys = readKeys(stated.split(','), 'WAYBILL_SECRET_KEY');
    return { toSeal: () => firstOf(keys), toOpen: () => keys };
  }
  let keys = readKeyFile(folder);
  return {
    toSeal: () => {
      if (keys.length === 0) {
        keys = [randomBytes(32)];
        writeKeyFile(folder, keys);
      }
      return firstOf(keys);
    },
    toOpen: () => keys,
  };
}

export function keyFileIn(folder: string): string {
  return join(folder, 'secret.key');
}

/** The keys of the file, newest first; none where there is no file. */
export function readKeyFile(folder: string): readonly Buffer[] {
  const path = keyFileIn(folder);
  if (!existsSync(path)) return [];
  return readKeys(
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== ''),
    path,
  );
}

/** Replaces the file at once: whoever reads it finds the old keys or the new ones. */
export function writeKeyFile(folder: string, keys: readonly Buffer[]): void {
  const path = keyFileIn(folder);
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, keys.map((key) => `${key.toString('base64')}\n`).join(''));
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}

/** @throws {StartError} naming where the bad one stands, and no part of it. */
function readKeys(texts: readonly string[], where: string): readonly Buffer[] {
  return texts.map((text) => {
    const bare = text.trim();
    const key = /^[0-9a-f]{64}$/i.test(bare) ? Buffer.from(bare, 'hex') : Buffer.from(bare, 'base64');
    if (key.length === 32) return key;
    throw new StartError(
      `${where} holds a key of ${key.length} bytes. It must be 32 bytes in base64 or hex, as "openssl rand -base64 32" makes them; after a change the old one follows, behind a comma.`,
    );
  });
}

function firstOf(keys: readonly Buffer[]): Buffer {
  const [first] = keys;
  if (first === undefined) throw new Error('There is no master key.');
  return first;
}
