import { closeSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../../errors.ts';

const held = new Set<string>();

interface Owner {
  readonly pid: number;
  /** When the process started, in ticks since boot: tells it from a later one with the same number. Empty where the system does not say. */
  readonly started: string;
}

/**
 * Takes a folder for this process alone, by a lock file with the process's number. A lock left by a process that is
 * gone is taken over. Answers how to give it back.
 *
 * @throws {FolderInUse} when another process, or this one, has the folder.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'config.lock');
  if (held.has(path)) throw inUse(folder, process.pid);
  const mine: Owner = { pid: process.pid, started: startOf(process.pid) };
  if (!tryCreate(path, mine)) {
    const owner = readOwner(path);
    if (owner !== undefined && isAlive(owner)) throw inUse(folder, owner.pid);
    unlinkSync(path);
    if (!tryCreate(path, mine)) throw inUse(folder, readOwner(path)?.pid);
  }
  held.add(path);
  return () => {
    if (held.delete(path)) unlinkSync(path);
  };
}

function tryCreate(path: string, owner: Owner): boolean {
  try {
    const file = openSync(path, 'wx', 0o600);
    writeSync(file, `${JSON.stringify(owner)}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** `undefined` for a lock that nobody can be told from: cut off while it was written. */
function readOwner(path: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('started' in value))
      return undefined;
    return typeof value.pid === 'number' && typeof value.started === 'string'
      ? { pid: value.pid, started: value.started }
      : undefined;
  } catch {
    return undefined;
  }
}

/** This very process's number in a lock it does not hold was written by an earlier process (in a container every one is 1). */
function isAlive(owner: Owner): boolean {
  if (owner.pid === process.pid) return false;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const started = startOf(owner.pid);
  return owner.started === '' || started === '' || started === owner.started;
}

/** Field 22 of `/proc/<pid>/stat`; see proc(5). The name in field 2 may hold spaces, so counting starts behind it. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Waybill runs on the folder. */
export class FolderInUse extends StartError {}

function inUse(folder: string, pid: number | undefined): FolderInUse {
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return new FolderInUse(
    `The data folder ${folder} is in use by ${who}. Stop it first, or set WAYBILL_DATA to another folder.`,
  );
}
