import { type calls, type KeySummary, mayIn, type Principal, teamsWhere } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { createKey as makeKey } from '../../governance/create-key.ts';
import { rotateKey as giveNewSecret } from '../../governance/rotate-key.ts';
import type { StoredKey } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireIn } from '../require-in.ts';
import { allKeys, describeKey, shownRules } from './describe-key.ts';

export const listKeys: Handler<typeof calls.listKeys> = ({ query, principal }, installation) => {
  const { search = '', team, project, tag, state, limit, after } = query;
  const teams = teamsWhere(principal, 'keys.read');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = allKeys(installation).filter(
    (key) =>
      (teams === null || teams.has(key.team)) &&
      (team === undefined || key.team === team) &&
      (project === undefined || key.project === project) &&
      (tag === undefined || key.tags.includes(tag)) &&
      (state === undefined || key.state === state) &&
      words.every((word) => holdsWord(key, word)),
  );
  const rest = after === undefined ? found : found.filter(({ id }) => id > after);
  const keys = rest.slice(0, limit);
  return { keys, total: found.length, next: rest.length > limit ? (keys.at(-1)?.id ?? null) : null };
};

/** A whole secret is known by its first characters: nothing more of it is compared. */
function holdsWord(key: KeySummary, word: string): boolean {
  const prefixes = [key.prefix, key.previous?.prefix ?? ''].map((prefix) => prefix.toLowerCase());
  if (word.startsWith('wb-')) return prefixes.some((one) => one.startsWith(word.slice(0, 9)));
  return [key.id, key.description, key.owner, key.team, key.project, ...key.tags].some((text) =>
    text.toLowerCase().includes(word),
  );
}

export const createKey: Handler<typeof calls.createKey> = async (
  { body, actor, principal },
  installation,
) => {
  requireIn(principal, 'keys.manage', body.team);
  if (installation.config.file.keys.some(({ id }) => id === body.id)) {
    throw new ApiFailure(409, 'key_exists', `The config file has a key "${body.id}". Choose another id.`);
  }
  requireOpen(body.team, body.project, installation);
  const at = new Date(installation.clock()).toISOString();
  const { key, secret } = await makeKey(installation.store, body, { actor, at });
  return { ...describeKey(key, installation), secret };
};

export const changeKey: Handler<typeof calls.changeKey> = async (
  { params: { id }, body: { reason, ...wanted }, actor, principal },
  installation,
) => {
  const { store } = installation;
  const was = findKey(id, principal, installation);
  requireIn(principal, 'keys.manage', wanted.team);
  if (wanted.team !== was.team || wanted.project !== was.project)
    requireOpen(wanted.team, wanted.project, installation);
  const audit = { actor, action: 'key.write', subject: id, before: rulesOf(was), after: wanted, reason };
  const state = await store.update(audit, (now) => {
    if (!now.keys.some((key) => key.id === id)) throw noKey(id);
    return { ...now, keys: now.keys.map((key) => (key.id === id ? { ...secretsOf(key), ...wanted } : key)) };
  });
  const key = state.keys.find((one) => one.id === id);
  if (key === undefined) throw noKey(id);
  return describeKey(key, installation);
};

/** What stays of a key when all it is held to is written anew. */
function secretsOf(key: StoredKey) {
  const { id, secretSha256, prefix, createdAt, createdBy, previous, rotatedAt } = key;
  return { id, secretSha256, prefix, createdAt, createdBy, previous, rotatedAt };
}

/** All that can be changed of a key. */
function rulesOf(key: StoredKey) {
  const { team, project, tags, description, owner } = key;
  return { team, project, tags, description, owner, ...shownRules(key) };
}

export const rotateKey: Handler<typeof calls.rotateKey> = async (
  { params: { id }, body: { overlapHours, reason }, actor, principal },
  installation,
) => {
  findKey(id, principal, installation);
  const { key, secret } = await giveNewSecret(installation.store, id, {
    actor,
    at: installation.clock(),
    overlapMs: overlapHours * 3_600_000,
    ...(reason === undefined ? {} : { reason }),
  });
  return { ...describeKey(key, installation), secret };
};

export const deleteKey: Handler<typeof calls.deleteKey> = async (
  { params: { id }, actor, principal },
  installation,
) => {
  const found = findKey(id, principal, installation);
  await installation.store.update(
    {
      actor,
      action: 'key.revoke',
      subject: id,
      before: { prefix: found.prefix, ...rulesOf(found) },
      after: null,
    },
    (state) => ({ ...state, keys: state.keys.filter((key) => key.id !== id) }),
  );
  return {};
};

/**
 * A key that the caller may manage. One of a team that is not theirs is not there for them.
 *
 * @throws {ApiFailure} `key_missing`, `managed_by_file`, `not_permitted`.
 */
function findKey(id: string, principal: Principal, { store, config }: Installation): StoredKey {
  const inFile = config.file.keys.find((key) => key.id === id);
  const found = inFile ?? store.read().keys.find((key) => key.id === id);
  if (found === undefined || !mayIn(principal, 'keys.read', found.team)) throw noKey(id);
  requireIn(principal, 'keys.manage', found.team);
  if ('secretSha256' in found) return found;
  throw new ApiFailure(409, 'managed_by_file', `Key "${id}" comes from the config file; change it there.`);
}

function noKey(id: string): ApiFailure {
  return new ApiFailure(404, 'key_missing', `There is no key "${id}".`);
}

/** @throws {ApiFailure} `archived` where team or project take no more keys. */
function requireOpen(team: string, project: string, { store }: Installation): void {
  const { teams, projects } = store.read();
  const archived =
    teams.find((one) => one.id === team && one.archivedAt !== null) ??
    projects.find((one) => one.team === team && one.id === project && one.archivedAt !== null);
  if (archived === undefined) return;
  throw new ApiFailure(
    409,
    'archived',
    `"${archived.name}" is archived and takes no keys. Bring it back first.`,
  );
}
