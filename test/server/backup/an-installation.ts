import { vi } from 'vitest';
import { openConfiguration } from '#server/backup/open-configuration.ts';
import { boundTo, signOnBound } from '#server/governance/secrets/reseal.ts';
import { makeSecretBox } from '#server/governance/secrets/secret-box.ts';
import type { ConfigStore, Configuration, StoredProvider } from '#server/store/config-store.ts';
import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { runVerb, type VerbRun } from '../cli-verbs/run-verb.ts';
import { aFolder } from '../store/builders.ts';
import { withAlias } from '../store/config-store-conformance.ts';

export const masterKey = Buffer.alloc(32, 7);
export const audit = { actor: 'ann', action: 'deployment.write', subject: 'auto', before: null, after: null };
export const dayMs = 86_400_000;

export function aProvider(): StoredProvider {
  const box = makeSecretBox({ toSeal: () => masterKey, toOpen: () => [masterKey] });
  const sealed = box.seal('sk-very-secret', boundTo('own'));
  const by = { updatedAt: '', updatedBy: 'ann' };
  return {
    id: 'own',
    kind: 'openai',
    preset: null,
    baseUrl: '',
    apiVersion: null,
    awsRegion: null,
    retention: 'unknown',
    region: null,
    models: [],
    keys: [{ id: 'k', label: 'sk-v…cret', sealed, weight: 1, addedAt: '', addedBy: 'ann' }],
    disabled: false,
    revision: 1,
    ...by,
  };
}

/** A data folder with three changes: two aliases, a provider with a key. */
export async function anInstallation(): Promise<string> {
  const folder = aFolder();
  const store = await openConfigStore({ folder });
  await store.update(audit, withAlias('auto'));
  await store.update(audit, withAlias('fast'));
  await store.update({ ...audit, action: 'provider.create' }, (now) => ({
    ...now,
    providers: [aProvider()],
  }));
  await store.close();
  return folder;
}

export function withSignOn(state: Configuration): Configuration {
  const box = makeSecretBox({ toSeal: () => masterKey, toOpen: () => [masterKey] });
  const signOn = {
    enabled: true,
    name: 'Ours',
    issuer: 'https://id.example.com',
    clientId: 'waybill',
    sealedSecret: box.seal('client-secret', signOnBound),
    domains: [],
    groups: [],
    revision: 1,
  };
  return { ...state, signOn };
}

/** Runs a verb on the data folder, or on the database where it has an address. */
export function on(place: string, verb: Parameters<typeof runVerb>[0], ...args: string[]): Promise<VerbRun> {
  const isUrl = place.startsWith('postgresql:');
  vi.stubEnv('DATABASE_URL', isUrl ? place : '');
  vi.stubEnv('WAYBILL_DATA', isUrl ? aFolder() : place);
  return runVerb(verb, args);
}

export async function look<T>(place: string, read: (store: ConfigStore) => T | Promise<T>): Promise<T> {
  const isUrl = place.startsWith('postgresql:');
  const open = await openConfiguration(
    { databaseUrl: isUrl ? place : null, dataFolder: place },
    () => undefined,
  );
  try {
    return await read(open.store);
  } finally {
    await open.close();
  }
}
