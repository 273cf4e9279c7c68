import { existsSync, type FSWatcher, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Diagnostic } from '#engine/nodes/index.ts';
import type { ModelFacts } from '#engine/plan/index.ts';
import { checkPolicy, hasErrors, type Policy, parsePolicy, semanticHash } from '#engine/policy/index.ts';
import { messageOf, StartError } from '../errors.ts';
import type { ConfigStore, Configuration } from './config-store.ts';
import { keptPools } from './kept-pools.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** A policy file that cannot be used as it stands. */
export interface BadFile {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** The policies that come from files: published as they change, read-only in the studio. */
export interface PolicyFolder {
  has(policyId: string): boolean;
  /** Files that were not taken; the version before them keeps serving. */
  bad(): readonly BadFile[];
  /** Reads the folder again; runs by itself when a file changes. */
  reload(): Promise<void>;
  close(): void;
}

/** Where no folder is configured. */
export const noPolicyFolder: PolicyFolder = {
  has: () => false,
  bad: () => [],
  reload: async () => undefined,
  close: () => undefined,
};

const settleMs = 200;
/** After a failure (PostgreSQL is away, a file vanished between two looks) the folder is read again. */
const againMs = 5_000;

/**
 * Publishes every good policy of a folder (`*.policy.json`): one whose meaning differs from its newest version becomes
 * the next version. A bad file is reported and changes nothing. Follows the folder.
 *
 * @throws {StartError} when the folder is not there.
 */
export async function openPolicyFolder(options: {
  readonly folder: string;
  readonly store: ConfigStore;
  readonly logger: Logger;
  readonly clock: () => number;
  /** What pools find their candidates in when a version is made. */
  readonly models: ModelFacts;
}): Promise<PolicyFolder> {
  const { folder, store, logger, clock, models } = options;
  if (!existsSync(folder)) {
    throw new StartError(
      `The config file's "policies" names the folder ${folder}, which does not exist. Make it or correct the path.`,
    );
  }
  const inTurn = oneAtATime();
  let ids: ReadonlySet<string> = new Set();
  let bad: readonly BadFile[] = [];

  const reload = () =>
    inTurn(async () => {
      const read = readFolder(folder);
      const at = new Date(clock()).toISOString();
      for (const { file, policy } of read.good) await take(store, policy, { file, at, models });
      for (const { file, diagnostics } of read.bad) {
        logger.error({ file, diagnostics }, 'a policy file has errors; its last good version keeps serving');
      }
      // A file that has turned bad still manages the policy it was.
      ids = new Set([...read.good.map(({ policy }) => policy.id), ...(read.bad.length > 0 ? ids : [])]);
      bad = read.bad;
    });

  await reload();
  const watcher = follow(folder, reload, logger);
  return { has: (id) => ids.has(id), bad: () => bad, reload, close: () => watcher?.close() };
}

function readFolder(folder: string): {
  readonly good: readonly { readonly file: string; readonly policy: Policy }[];
  readonly bad: readonly BadFile[];
} {
  const good = new Map<string, { readonly file: string; readonly policy: Policy }>();
  const bad: BadFile[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.policy.json')) continue;
    const file = join(folder, name);
    const read = readPolicyFile(file);
    if (read.kind === 'bad') {
      bad.push({ file, diagnostics: read.diagnostics });
      continue;
    }
    const twin = good.get(read.policy.id);
    if (twin === undefined) good.set(read.policy.id, { file, policy: read.policy });
    else bad.push({ file, diagnostics: [repeatedId(read.policy.id, twin.file)] });
  }
  return { good: [...good.values()], bad };
}

/** A policy file, read and checked. */
export function readPolicyFile(
  file: string,
):
  | { readonly kind: 'ok'; readonly policy: Policy }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] } {
  const parsed = parsePolicy(readFileSync(file, 'utf8'));
  if (parsed.kind === 'bad') return parsed;
  const diagnostics = checkPolicy(parsed.policy);
  return hasErrors(diagnostics) ? { kind: 'bad', diagnostics } : parsed;
}

function repeatedId(id: string, file: string): Diagnostic {
  return {
    code: 'duplicate_id',
    severity: 'error',
    field: 'id',
    message: `${file} is policy "${id}" already; every file needs an id of its own.`,
  };
}

async function take(
  store: ConfigStore,
  policy: Policy,
  { file, at, models }: { readonly file: string; readonly at: string; readonly models: ModelFacts },
): Promise<void> {
  const hash = semanticHash(policy);
  const before = store.read();
  const isNew = newestVersion(before, policy.id)?.hash !== hash;
  const draft = before.policies.find(({ id }) => id === policy.id);
  if (!isNew && JSON.stringify(draft?.policy) === JSON.stringify(policy)) return;
  const audit = { actor: 'file', action: isNew ? 'policy.publish' : 'policy.write', subject: policy.id };
  const kept = keptPools(policy, models);
  try {
    await store.update(
      { ...audit, before: { hash: draft && semanticHash(draft.policy) }, after: { hash, file } },
      (state) => {
        // Every gateway of a fleet sees the same file: the first to come makes the version.
        if (isThere(state, policy, { hash, isNew })) throw new TakenMeanwhile();
        return withFilePolicy(state, policy, { hash, file, at, isNew, kept });
      },
    );
  } catch (cause) {
    if (!(cause instanceof TakenMeanwhile)) throw cause;
  }
}

class TakenMeanwhile extends Error {}

function isThere(
  state: Configuration,
  policy: Policy,
  { hash, isNew }: { readonly hash: string; readonly isNew: boolean },
): boolean {
  if (isNew) return newestVersion(state, policy.id)?.hash === hash;
  return JSON.stringify(state.policies.find(({ id }) => id === policy.id)?.policy) === JSON.stringify(policy);
}

function withFilePolicy(
  state: Configuration,
  policy: Policy,
  {
    hash,
    file,
    at,
    isNew,
    kept,
  }: {
    readonly hash: string;
    readonly file: string;
    readonly at: string;
    readonly isNew: boolean;
    readonly kept: ReturnType<typeof keptPools>;
  },
): Configuration {
  const draft = state.policies.find(({ id }) => id === policy.id);
  const version = (newestVersion(state, policy.id)?.version ?? 0) + 1;
  const published = {
    policyId: policy.id,
    version,
    hash,
    note: `from ${file}`,
    author: 'file',
    at,
    policy,
    ...kept,
  };
  return {
    ...state,
    policies: [
      ...state.policies.filter((one) => one !== draft),
      { id: policy.id, policy, revision: (draft?.revision ?? 0) + 1, updatedAt: at, updatedBy: 'file' },
    ],
    versions: isNew ? [...state.versions, published] : state.versions,
  };
}

/** The newest published version of a policy. */
export function newestVersion(
  state: Configuration,
  policyId: string,
): Configuration['versions'][number] | undefined {
  return state.versions
    .filter((one) => one.policyId === policyId)
    .reduce<Configuration['versions'][number] | undefined>(
      (newest, one) => (newest === undefined || one.version > newest.version ? one : newest),
      undefined,
    );
}

/** Editors write a file in several steps; the folder is read when they have been quiet for a moment. */
function follow(folder: string, reload: () => Promise<void>, logger: Logger): FSWatcher | undefined {
  let timer: NodeJS.Timeout | undefined;
  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reload().catch((error: unknown) => {
        logger.error({ err: error }, 'the policy folder cannot be read; trying again');
        later(againMs);
      });
    }, ms);
    timer.unref();
  };
  try {
    const watcher = watch(folder, { persistent: false }, () => later(settleMs));
    watcher.on('error', (error) => logger.error({ err: error }, 'the policy folder is no longer followed'));
    watcher.on('close', () => clearTimeout(timer));
    return watcher;
  } catch (error) {
    logger.warn(
      `The policy folder cannot be followed (${messageOf(error)}); changes count from the next start.`,
    );
    return undefined;
  }
}
