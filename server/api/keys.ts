import type { calls, KeySummary } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import { createKey as makeKey } from '../governance/create-key.ts';
import { prefixOf } from '../governance/make-secret.ts';
import type { KeyRules } from '../governance/scopes/grant.ts';
import type { StoredKey } from '../store/config-store.ts';
import type { Handler } from './handler.ts';
import type { Installation } from './installation.ts';

export const listKeys: Handler<typeof calls.listKeys> = (_, installation) => ({
  keys: [...installation.store.read().keys.map(describeKey), ...fileKeys(installation)],
});

function describeKey(key: StoredKey): KeySummary {
  const { id, team, project, tags, prefix, createdAt } = key;
  return { id, team, project, tags: [...tags], prefix, createdAt, ...shownRules(key), origin: 'studio' };
}

function fileKeys({ config }: Installation): readonly KeySummary[] {
  return config.file.keys.map(({ id, team, project, tags, secret, ...rules }) => ({
    id,
    team,
    project,
    tags: [...tags],
    prefix: prefixOf(secret),
    createdAt: '',
    ...shownRules(rules),
    origin: 'file',
  }));
}

/** What a key is held to, as the contract writes it; what it is not held to is left out. */
function shownRules(rules: KeyRules): Partial<KeySummary> {
  const { rpm, tpm, concurrency, retention, policies, aliases, models, regions, expiresAt } = rules;
  const stated = { rpm, tpm, concurrency, retention, policies, aliases, models, regions, expiresAt };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}

export const createKey: Handler<typeof calls.createKey> = async ({ body, actor }, installation) => {
  if (installation.config.file.keys.some(({ id }) => id === body.id)) {
    throw new ApiFailure(409, 'key_exists', `The config file has a key "${body.id}". Choose another id.`);
  }
  const at = new Date(installation.clock()).toISOString();
  const { key, secret } = await makeKey(installation.store, body, { actor, at });
  return { ...describeKey(key), secret };
};

export const deleteKey: Handler<typeof calls.deleteKey> = async ({ params, actor }, installation) => {
  const { store, config } = installation;
  const { id } = params;
  const found = store.read().keys.find((key) => key.id === id);
  if (found === undefined) {
    if (config.file.keys.some((key) => key.id === id)) {
      throw new ApiFailure(
        409,
        'managed_by_file',
        `Key "${id}" comes from the config file; remove it there.`,
      );
    }
    throw new ApiFailure(404, 'key_missing', `There is no key "${id}".`);
  }
  await store.update(
    { actor, action: 'key.revoke', subject: id, before: describeKey(found), after: null },
    (state) => ({ ...state, keys: state.keys.filter((key) => key.id !== id) }),
  );
  return {};
};
