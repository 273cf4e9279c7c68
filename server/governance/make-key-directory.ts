import type { Caller } from '#engine/signals/index.ts';
import type { ConfigFile } from '../config.ts';
import type { ConfigStore, Configuration } from '../store/config-store.ts';
import type { KeyDirectory } from './key-directory.ts';
import { hashSecret } from './make-secret.ts';
import type { KeyRules, TeamRules } from './scopes/grant.ts';

/**
 * The keys of the store and of the config file, in force as soon as they are saved and gone as soon as they are revoked. A
 * key of the file stands in the place of a stored one with its id.
 */
export function makeKeyDirectory(
  store: ConfigStore,
  file: Pick<ConfigFile, 'keys'> & Partial<Pick<ConfigFile, 'teams'>>,
): KeyDirectory {
  const teams = new Map((file.teams ?? []).map((team): [string, TeamRules] => [team.id, team]));
  const made = (key: WrittenKey) => callerOf(key, teams.get(key.team));
  const fromFile = file.keys.map(({ secret, ...key }) => [hashSecret(secret), made(key)] as const);
  const taken = new Set(file.keys.map(({ id }) => id));
  const collect = (state: Configuration) =>
    new Map<string, Caller>([
      ...state.keys.filter(({ id }) => !taken.has(id)).map((key) => [key.secretSha256, made(key)] as const),
      ...fromFile,
    ]);
  let callers = collect(store.read());
  let keys = store.read().keys;
  store.subscribe((state) => {
    if (state.keys === keys) return;
    keys = state.keys;
    callers = collect(state);
  });
  return { authenticate: (secret) => callers.get(hashSecret(secret)) };
}

type WrittenKey = KeyRules & {
  readonly id: string;
  readonly team: string;
  readonly project: string;
  readonly tags: readonly string[];
};

function callerOf(key: WrittenKey, team: TeamRules | undefined): Caller {
  const zero = key.retention === 'zero' || team?.retention === 'zero';
  return Object.freeze({
    key: key.id,
    team: key.team,
    project: key.project,
    tags: key.tags,
    ...(zero ? { zeroRetention: true } : {}),
    ...(key.regions === undefined ? {} : { regions: key.regions }),
  });
}
