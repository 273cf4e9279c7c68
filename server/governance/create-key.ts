import { ApiFailure } from '../errors.ts';
import type { ConfigStore, StoredKey } from '../store/config-store.ts';
import { hashSecret, makeSecret, prefixOf } from './make-secret.ts';
import type { KeyRules } from './scopes/grant.ts';

/**
 * Makes a key and saves its hash. The secret is in the answer and nowhere else.
 *
 * @throws {ApiFailure} `key_exists` when the id is taken.
 */
export async function createKey(
  store: ConfigStore,
  wanted: Pick<StoredKey, 'id' | 'team' | 'project' | 'tags' | 'description' | 'owner'> & KeyRules,
  by: { readonly actor: string; readonly at: string },
): Promise<{ readonly key: StoredKey; readonly secret: string }> {
  const secret = makeSecret();
  const { id } = wanted;
  const shown = { ...wanted, prefix: prefixOf(secret), createdAt: by.at, createdBy: by.actor };
  const key: StoredKey = { ...shown, secretSha256: hashSecret(secret) };
  await store.update(
    { actor: by.actor, action: 'key.create', subject: id, before: null, after: shown },
    (state) => {
      if (state.keys.some((one) => one.id === id))
        throw new ApiFailure(
          409,
          'key_exists',
          `There is a key "${id}" already. Choose another id, or revoke it first.`,
        );
      return { ...state, keys: [...state.keys, key] };
    },
  );
  return { key, secret };
}
