import { ApiFailure } from '../errors.ts';
import type { ConfigStore, StoredKey } from '../store/config-store.ts';
import { hashSecret, makeSecret, prefixOf } from './make-secret.ts';

/**
 * Gives a key a new secret; the old one stays good for `overlapMs`. One that was still good from a rotation before is
 * not any more.
 *
 * @throws {ApiFailure} `key_missing`.
 */
export async function rotateKey(
  store: ConfigStore,
  id: string,
  by: { readonly actor: string; readonly at: number; readonly overlapMs: number; readonly reason?: string },
): Promise<{ readonly key: StoredKey; readonly secret: string }> {
  const secret = makeSecret();
  const rotatedAt = new Date(by.at).toISOString();
  const until = new Date(by.at + by.overlapMs).toISOString();
  const was = store.read().keys.find((key) => key.id === id);
  const state = await store.update(
    {
      actor: by.actor,
      action: 'key.rotate',
      subject: id,
      before: { team: was?.team, prefix: was?.prefix },
      after: { team: was?.team, prefix: prefixOf(secret), oldGoodUntil: until },
      reason: by.reason,
    },
    (now) => {
      if (!now.keys.some((key) => key.id === id)) throw noKey(id);
      return { ...now, keys: now.keys.map((key) => (key.id === id ? rotated(key) : key)) };
    },
  );
  const key = state.keys.find((one) => one.id === id);
  if (key === undefined) throw noKey(id);
  return { key, secret };

  function rotated({ previous: _, secretSha256, prefix, ...key }: StoredKey): StoredKey {
    return {
      ...key,
      secretSha256: hashSecret(secret),
      prefix: prefixOf(secret),
      rotatedAt,
      ...(by.overlapMs > 0 ? { previous: { secretSha256, prefix, until } } : {}),
    };
  }
}

function noKey(id: string): ApiFailure {
  return new ApiFailure(404, 'key_missing', `There is no key "${id}".`);
}
