import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { messageOf, StartError } from '../../errors.ts';
import { followAnchor } from '../../governance/audit/anchored-log.ts';
import type { AuditDraft, DatedAudit } from '../../governance/audit/audit-entry.ts';
import type { AuditLog } from '../../governance/audit/audit-log.ts';
import type { ConfigStore, Configuration } from '../config-store.ts';
import { applyChange, ConfigurationShape, deepFreeze, emptyConfiguration } from '../configuration.ts';
import { oneAtATime } from '../one-at-a-time.ts';
import { DurableJsonFile } from './durable-json-file.ts';
import { lockFolder } from './folder-lock.ts';
import { openAudit, takeKeptAudit } from './open-audit.ts';

/**
 * The configuration in `<folder>/config.json`, for one process at a time. Every change is on disk before its promise
 * resolves; the state before the last change stays in `config.backup.json`.
 *
 * @throws {StartError} when the folder is taken or the file is damaged; nothing is overwritten then.
 */
export async function openConfigStore(options: {
  readonly folder: string;
  readonly clock?: () => number;
  /** Told in sentences what had to be mended at the start, and what cannot be. */
  readonly onWarning?: (sentence: string) => void;
}): Promise<ConfigStore> {
  const { folder, clock = Date.now, onWarning = () => undefined } = options;
  makeFolder(folder);
  const unlock = lockFolder(folder);
  try {
    const file = new DurableJsonFile(join(folder, 'config.json'));
    const low = new Low<unknown>(file, null);
    const stored = await readFile(file);
    const audit = await openAudit(folder, low, stored, onWarning);
    const loaded = stored?.state ?? (await startEmpty(low));
    return await serve({ low, log: audit.log, clock, unlock }, { ...loaded, ...audit.anchor }, audit.adopt);
  } catch (error) {
    unlock();
    throw error;
  }
}

/**
 * The configuration as it was saved last, without taking the folder: Waybill may be running on it, since a complete file
 * stands there at every moment. `undefined` where there is none.
 *
 * @throws {StartError} when it is damaged.
 */
export async function readConfigFile(folder: string): Promise<Configuration | undefined> {
  const stored = await readFile(new DurableJsonFile(join(folder, 'config.json')));
  return stored === undefined || stored.kept.length > 0 ? undefined : stored.state;
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

interface Stored {
  readonly state: Configuration;
  /** The audit as earlier releases kept it, in the configuration itself; empty for a file of this one. */
  readonly kept: readonly DatedAudit[];
}

/** `undefined` where there is nothing yet. */
async function readFile(file: DurableJsonFile): Promise<Stored | undefined> {
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
  const { rest, kept } = takeKeptAudit(value ?? {});
  const parsed = ConfigurationShape.safeParse(rest);
  if (parsed.success && kept.success) return { state: deepFreeze(parsed.data), kept: kept.data };
  const issue = (parsed.error ?? kept.error)?.issues[0];
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

/** `adopt` is set where the configuration is older than the audit log, which is put on record. */
async function serve(
  parts: {
    readonly low: Low<unknown>;
    readonly log: AuditLog;
    readonly clock: () => number;
    readonly unlock: () => void;
  },
  loaded: Configuration,
  adopt: AuditDraft | null,
): Promise<ConfigStore> {
  const { low, log, clock, unlock } = parts;
  const listeners = new Set<(state: Configuration) => void>();
  const inTurn = oneAtATime();
  const { catchUp } = followAnchor(log);
  let state = deepFreeze(loaded);
  let closed = false;
  const update: ConfigStore['update'] = (audit, change) =>
    inTurn(async () => {
      if (closed) throw new Error('The configuration store is closed.');
      await catchUp(state.audit);
      const next = applyChange(state, { ...audit, at: new Date(clock()).toISOString() }, change);
      low.data = next;
      await low.write();
      state = next;
      // The entry is safe in the configuration by now; where the log cannot take it, the next change waits for it.
      await catchUp(state.audit).catch(() => undefined);
      for (const listener of listeners) listener(next);
      return next;
    });
  if (adopt !== null) await update(adopt, (now) => now);
  return {
    read: () => state,
    update,
    note: (change) =>
      inTurn(async () => {
        if (closed) return;
        const next = deepFreeze(change(state));
        low.data = next;
        await low.write();
        state = next;
        for (const listener of listeners) listener(next);
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    audit: {
      page: (query) => log.page(query),
      facets: log.facets,
      verify: () =>
        inTurn(async () => {
          await catchUp(state.audit);
          return log.verify(state.audit);
        }),
    },
    close: () =>
      inTurn(async () => {
        if (closed) return;
        closed = true;
        listeners.clear();
        await log.close();
        unlock();
      }),
  };
}
