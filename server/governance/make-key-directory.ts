import type { Caller } from '#engine/signals/index.ts';
import type { ConfigFile } from '../config/config.ts';
import type { ConfigStore, Configuration } from '../store/config-store.ts';
import type { KeyDirectory } from './key-directory.ts';
import { hashSecret } from './make-secret.ts';
import type { KeyRules, TeamRules } from './scopes/grant.ts';

/** A secret that is good, to whom it belongs, and until when, ms since 1970. */
interface Secret {
  readonly caller: Caller;
  readonly until: number;
}

/** Where the last use of keys is noted: ms since 1970 by key id. */
export interface KeyUse {
  note(keyId: string, at: number): void;
  lastUsed(keyId: string): number | null;
}

/**
 * The keys of the store and of the config file, in force as soon as they are saved and gone as soon as they are revoked. A
 * key of the file stands in the place of a stored one with its id. After a rotation both secrets are good until the old
 * one's time.
 */
export function makeKeyDirectory(
  store: ConfigStore,
  file: Pick<ConfigFile, 'keys'> & Partial<Pick<ConfigFile, 'teams'>>,
  parts: { readonly clock?: () => number; readonly use?: KeyUse } = {},
): KeyDirectory {
  const { clock = Date.now, use } = parts;
  const taken = new Set(file.keys.map(({ id }) => id));
  let secrets = collect(store.read());
  let { keys, teams } = store.read();
  store.subscribe((state) => {
    if (state.keys === keys && state.teams === teams) return;
    ({ keys, teams } = state);
    secrets = collect(state);
  });
  function collect(state: Configuration): ReadonlyMap<string, Secret> {
    const rules = teamRulesOf(state, file.teams ?? []);
    const found = new Map<string, Secret>();
    for (const key of state.keys) {
      if (taken.has(key.id)) continue;
      const caller = callerOf(key, rules.get(key.team));
      const { previous } = key;
      if (previous !== undefined)
        found.set(previous.secretSha256, { caller, until: Date.parse(previous.until) });
      found.set(key.secretSha256, { caller, until: Number.POSITIVE_INFINITY });
    }
    for (const { secret, ...key } of file.keys)
      found.set(hashSecret(secret), {
        caller: callerOf(key, rules.get(key.team)),
        until: Number.POSITIVE_INFINITY,
      });
    return found;
  }
  return {
    authenticate: (secret) => {
      const found = secrets.get(hashSecret(secret));
      if (found === undefined) return undefined;
      const at = clock();
      if (at >= found.until) return undefined;
      use?.note(found.caller.key, at);
      return found.caller;
    },
    ...(use === undefined ? {} : { lastUsed: (keyId: string) => use.lastUsed(keyId) }),
  };
}

/** Rules of teams by id: the config file's, and the studio's whose id it does not use. */
export function teamRulesOf(
  { teams }: Pick<Configuration, 'teams'>,
  fromFile: readonly (TeamRules & { readonly id: string })[],
): ReadonlyMap<string, TeamRules> {
  return new Map<string, TeamRules>([...teams, ...fromFile].map((team) => [team.id, team]));
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
