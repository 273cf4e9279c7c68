import type { Caller } from '#engine/signals/index.ts';
import type { ConfigFile } from '../config.ts';
import type { ConfigStore, Configuration } from '../store/config-store.ts';
import type { KeyDirectory } from './key-directory.ts';
import { hashSecret } from './make-secret.ts';

/** The keys of the store and of the config file, in force as soon as they are saved and gone as soon as they are revoked. */
export function makeKeyDirectory(store: ConfigStore, file: Pick<ConfigFile, 'keys'>): KeyDirectory {
  const fromFile = file.keys.map(({ secret, ...key }) => [hashSecret(secret), callerOf(key)] as const);
  const collect = (state: Configuration) =>
    new Map<string, Caller>([
      ...state.keys.map((key) => [key.secretSha256, callerOf(key)] as const),
      ...fromFile,
    ]);
  let callers = collect(store.read());
  store.subscribe((state) => {
    callers = collect(state);
  });
  return { authenticate: (secret) => callers.get(hashSecret(secret)) };
}

function callerOf(key: {
  readonly id: string;
  readonly team: string;
  readonly project: string;
  readonly tags: readonly string[];
}): Caller {
  return Object.freeze({ key: key.id, team: key.team, project: key.project, tags: key.tags });
}
