import { copyFile, open, readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';

/**
 * A lowdb adapter that survives a power cut: the new text goes to a temporary file that is synced, the present file
 * becomes the backup, the temporary file takes its name, and the folder is synced. At every moment a complete file
 * stands under the name.
 */
export class DurableJsonFile implements Adapter<unknown> {
  readonly path: string;
  readonly backupPath: string;

  constructor(path: string) {
    this.path = path;
    this.backupPath = join(dirname(path), basename(path).replace(/\.json$/, '.backup.json'));
  }

  /** `null` where there is no file yet. Throws for a file that is not JSON. */
  async read(): Promise<unknown> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return text === null ? null : JSON.parse(text);
  }

  async write(value: unknown): Promise<void> {
    const temporary = `${this.path}.new`;
    await writeSynced(temporary, `${JSON.stringify(value, null, 1)}\n`);
    await this.#keepBackup();
    await rename(temporary, this.path);
    await syncFolder(dirname(this.path));
  }

  /** The present file, known to be good since it was read or written by us, becomes the backup. */
  async #keepBackup(): Promise<void> {
    const temporary = `${this.backupPath}.new`;
    try {
      await copyFile(this.path, temporary);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    await rename(temporary, this.backupPath);
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
