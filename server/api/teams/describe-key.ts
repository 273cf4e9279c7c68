import type { KeySummary } from '../../contract/index.ts';
import { prefixOf } from '../../governance/make-secret.ts';
import type { KeyRules } from '../../governance/scopes/grant.ts';
import type { StoredKey } from '../../store/config-store.ts';
import type { Installation } from '../installation.ts';

/** Every key, without its secret: the store's and the config file's, by id. */
export function allKeys(installation: Installation): readonly KeySummary[] {
  const { store, config } = installation;
  const taken = new Set(config.file.keys.map(({ id }) => id));
  const stored = store.read().keys.filter(({ id }) => !taken.has(id));
  return [...stored.map((key) => describeKey(key, installation)), ...fileKeys(installation)].sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

export function describeKey(key: StoredKey, installation: Installation): KeySummary {
  const now = installation.clock();
  const { id, team, project, tags, prefix, createdAt, previous } = key;
  const rotating = previous !== undefined && Date.parse(previous.until) > now;
  return {
    id,
    team,
    project,
    tags: [...tags],
    description: key.description ?? '',
    owner: key.owner ?? '',
    prefix,
    previous: rotating ? { prefix: previous.prefix, until: previous.until } : null,
    createdAt,
    createdBy: key.createdBy ?? '',
    rotatedAt: key.rotatedAt ?? null,
    lastUsedAt: lastUse(id, installation),
    state: isExpired(key, now) ? 'expired' : rotating ? 'rotating' : 'active',
    ...shownRules(key),
    origin: 'studio',
  };
}

function fileKeys(installation: Installation): readonly KeySummary[] {
  const now = installation.clock();
  return installation.config.file.keys.map(({ id, team, project, tags, secret, ...rules }) => ({
    id,
    team,
    project,
    tags: [...tags],
    description: '',
    owner: '',
    prefix: prefixOf(secret),
    previous: null,
    createdAt: '',
    createdBy: '',
    rotatedAt: null,
    lastUsedAt: lastUse(id, installation),
    state: isExpired(rules, now) ? 'expired' : 'active',
    ...shownRules(rules),
    origin: 'file',
  }));
}

function lastUse(id: string, { keys }: Installation): string | null {
  const at = keys.lastUsed?.(id) ?? null;
  return at === null ? null : new Date(at).toISOString();
}

export function isExpired({ expiresAt }: Pick<KeyRules, 'expiresAt'>, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

/** What a key is held to, as the contract writes it; what it is not held to is left out. */
export function shownRules(rules: KeyRules): Partial<KeySummary> {
  const { rpm, tpm, concurrency, retention, policies, aliases, models, regions, expiresAt } = rules;
  const stated = { rpm, tpm, concurrency, retention, policies, aliases, models, regions, expiresAt };
  return Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));
}
