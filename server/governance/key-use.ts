import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyUse } from './make-key-directory.ts';

/** When keys were last used, and how to stop keeping it. */
export interface OpenKeyUse extends KeyUse {
  close(): void;
}

const flushEveryMs = 60_000;

/**
 * When keys were last used: a map in memory, written to `<folder>/key-use.json` once a minute when it has changed. A
 * killed process forgets its last minute. `null` keeps nothing.
 */
export function openKeyUse(folder: string | null): OpenKeyUse {
  const path = folder === null ? null : join(folder, 'key-use.json');
  const used = new Map<string, number>(path === null ? [] : readUse(path));
  let changed = false;
  const flush = () => {
    if (path === null || !changed) return;
    changed = false;
    writeFileSync(`${path}.new`, JSON.stringify(Object.fromEntries(used)), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  };
  const timer = setInterval(() => {
    try {
      flush();
    } catch {
      // A full disk must not end the process for this; the next minute tries again.
      changed = true;
    }
  }, flushEveryMs);
  timer.unref();
  return {
    note: (keyId, at) => {
      used.set(keyId, at);
      changed = true;
    },
    lastUsed: (keyId) => used.get(keyId) ?? null,
    close: () => {
      clearInterval(timer);
      flush();
    },
  };
}

/** A file that cannot be read is started anew: nothing depends on it. */
function readUse(path: string): readonly (readonly [string, number])[] {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
  } catch {
    return [];
  }
}
