import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { messageOf, StartError } from '../../errors.ts';
import type { ConfigStore, Configuration } from '../config-store.ts';
import { applyChange, ConfigurationShape, deepFreeze, emptyConfiguration } from '../configuration.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { DurableJsonFile } from './durable-json-file.ts';
import { lockFolder } from './folder-lock.ts';

/**
 * The configuration in `<folder>/config.json`, for one process at a time. Every change is on disk before its promise
 * resolves; the state before the last change stays in `config.backup.json`.
 *
 * @throws {StartError} when the folder is taken or the file is damaged; nothing is overwritten then.
 */
export async function openConfigStore(options: {
  readonly folder: string;
  readonly clock?: () => number;
}): Promise<ConfigStore> {
  const { folder, clock = Date.now } = options;
  makeFolder(folder);
  const unlock = lockFolder(folder);
  try {
    const file = new DurableJsonFile(join(folder, 'config.json'));
    const low = new Low<unknown>(file, null);
    const loaded = (await load(file)) ?? (await startEmpty(low));
    return serve(low, loaded, clock, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(
      `The data folder ${folder} cannot be made: ${messageOf(error)}. Set WAYBILL_DATA to a folder that can be written.`,
      { cause: error },
    );
  }
}

/** Saved at once, so that the salt is the same from the first request on. */
async function startEmpty(low: Low<unknown>): Promise<Configuration> {
  const state = emptyConfiguration(randomBytes(16).toString('hex'));
  low.data = state;
  await low.write();
  return state;
}

/** `undefined` where there is nothing yet. */
async function load(file: DurableJsonFile): Promise<Configuration | undefined> {
  const value = await file.read().catch((error: unknown) => {
    throw damaged(file, messageOf(error), error);
  });
  if (value === null) {
    if (existsSync(file.backupPath)) throw missing(file);
    return undefined;
  }
  if (
    typeof value === 'object' &&
    'format' in value &&
    typeof value.format === 'number' &&
    value.format > 1
  ) {
    throw new StartError(
      `The configuration ${file.path} is in format ${value.format}, written by a newer release; this one reads format 1. Update Waybill.`,
    );
  }
  const parsed = ConfigurationShape.safeParse(value);
  if (parsed.success) return deepFreeze(parsed.data);
  const issue = parsed.error.issues[0];
  throw damaged(file, `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function damaged(file: DurableJsonFile, what: string, cause?: unknown): StartError {
  const restore = existsSync(file.backupPath)
    ? `The state before the last change is in ${file.backupPath}: to go back to it, copy it to ${file.path}.`
    : `There is no backup beside it: correct the file, or move it away to start empty.`;
  return new StartError(
    `The configuration ${file.path} is damaged (${what}). Nothing was changed. ${restore}`,
    { cause },
  );
}

function missing(file: DurableJsonFile): StartError {
  return new StartError(
    `The configuration ${file.path} is missing, but its backup is there. To go back to it, copy ${file.backupPath} to ${file.path}; to start empty, move the backup away.`,
  );
}

function serve(
  low: Low<unknown>,
  loaded: Configuration,
  clock: () => number,
  unlock: () => void,
): ConfigStore {
  const listeners = new Set<(state: Configuration) => void>();
  const inTurn = oneAtATime();
  let state = loaded;
  let closed = false;
  return {
    read: () => state,
    update: (audit, change) =>
      inTurn(async () => {
        if (closed) throw new Error('The configuration store is closed.');
        const next = applyChange(state, { at: new Date(clock()).toISOString(), ...audit }, change);
        low.data = next;
        await low.write();
        state = next;
        for (const listener of listeners) listener(next);
        return next;
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () =>
      inTurn(async () => {
        closed = true;
        listeners.clear();
        unlock();
      }),
  };
}
