import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyFileIn, openMasterKeys } from '#server/governance/secrets/master-keys.ts';
import { resealSecrets } from '#server/governance/secrets/reseal.ts';
import { keyIdOf, makeSecretBox } from '#server/governance/secrets/secret-box.ts';
import { openProviders } from '#server/governance/secrets/stored-settings.ts';
import type { StoredProvider } from '#server/store/config-store.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import { aFolder } from '../../store/builders.ts';

const boxIn = (folder: string, stated: string | null = null) =>
  makeSecretBox(openMasterKeys({ folder, stated }));

function aProvider(sealed: string): StoredProvider {
  const stamp = { revision: 1, updatedAt: '', updatedBy: 'ann' };
  return {
    id: 'openai',
    kind: 'openai',
    preset: null,
    baseUrl: '',
    apiVersion: null,
    awsRegion: null,
    retention: 'unknown',
    region: null,
    models: [],
    keys: [{ id: 'k', label: 'sk-…', sealed, weight: 1, addedAt: '', addedBy: 'ann' }],
    disabled: false,
    ...stamp,
  };
}

describe('a sealed secret', () => {
  it('opens again, and is sealed another way each time', () => {
    const box = boxIn(aFolder());
    const [one, other] = [box.seal('sk-geheim-ü', 'provider:a'), box.seal('sk-geheim-ü', 'provider:a')];
    expect(one).not.toBe(other);
    expect(one).not.toContain('geheim');
    expect([box.open(one, 'provider:a'), box.open(other, 'provider:a')]).toEqual([
      'sk-geheim-ü',
      'sk-geheim-ü',
    ]);
  });

  it('opens for what it was sealed for alone, and not when one letter was changed', () => {
    const box = boxIn(aFolder());
    const sealed = box.seal('sk-secret', 'provider:a');
    expect(() => box.open(sealed, 'provider:b')).toThrow('sealed for something else');
    for (const at of [sealed.length - 2, sealed.indexOf('.', 14) + 3]) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => box.open(changed, 'provider:a')).toThrow('It was changed');
    }
    const [version, id, nonce, tag = '', text] = sealed.split('.');
    expect(() => box.open([version, id, nonce, tag.slice(0, 6), text].join('.'), 'provider:a')).toThrow();
  });

  it('names the master key that it lacks', () => {
    const sealed = boxIn(aFolder()).seal('sk-secret', 'provider:a');
    expect(() => boxIn(aFolder()).open(sealed, 'provider:a')).toThrow(keyIdOf(sealed));
  });
});

describe('the master key', () => {
  it('is made when it is first needed, for its owner alone, and found again', () => {
    const folder = aFolder();
    const sealed = boxIn(folder).seal('sk-secret', 'x');
    expect(statSync(keyFileIn(folder)).mode & 0o777).toBe(0o600);
    expect(boxIn(folder).open(sealed, 'x')).toBe('sk-secret');
  });

  it('comes from the environment where it is set there, and may have a predecessor', () => {
    const [old, young] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];
    const sealed = boxIn(aFolder(), old).seal('sk-secret', 'x');
    const both = boxIn(aFolder(), `${young},${old}`);
    expect(both.open(sealed, 'x')).toBe('sk-secret');
    expect(keyIdOf(both.seal('sk-secret', 'x'))).not.toBe(keyIdOf(sealed));
  });

  it('stops the start when it is not 32 bytes, without telling it', () => {
    expect(() => boxIn(aFolder(), 'c2hvcnQ=')).toThrow('WAYBILL_SECRET_KEY holds a key of 5 bytes');
    const folder = aFolder();
    writeFileSync(keyFileIn(folder), 'nonsense!\n');
    expect(() => boxIn(folder)).toThrow('secret.key holds a key of');
  });

  it('is changed with the secret of single sign-on sealed anew too', async () => {
    const folder = aFolder();
    const sealedSecret = boxIn(folder).seal('client-secret', 'sign-on');
    const signOn = { enabled: false, name: 'Acme', issuer: '', clientId: '', domains: [], groups: [] };
    const store = makeMemoryConfigStore({ start: { signOn: { ...signOn, sealedSecret, revision: 1 } } });
    const { secrets } = await resealSecrets(store, { folder, stated: null, actor: 'ann' });
    const after = store.read().signOn?.sealedSecret ?? '';
    expect([secrets, keyIdOf(after) === keyIdOf(sealedSecret)]).toEqual([1, false]);
    expect(boxIn(folder).open(after, 'sign-on')).toBe('client-secret');
  });

  it('is changed with everything sealed anew, and the old one is gone', async () => {
    const folder = aFolder();
    const box = boxIn(folder);
    const provider = aProvider(box.seal('sk-secret', 'provider:openai'));
    const store = makeMemoryConfigStore({ start: { providers: [provider] } });
    const before = provider.keys[0]!.sealed;
    const { secrets, masterKey } = await resealSecrets(store, { folder, stated: null, actor: 'ann' });
    const after = store.read().providers[0]!.keys[0]!.sealed;
    expect([secrets, keyIdOf(after)]).toEqual([1, masterKey]);
    expect(boxIn(folder).open(after, 'provider:openai')).toBe('sk-secret');
    expect(() => boxIn(folder).open(before, 'provider:openai')).toThrow('which is not here');
    const { entries } = await store.audit.page({ limit: 1 });
    expect(entries).toMatchObject([{ action: 'secrets.rotate', after: { masterKey, secrets: 1 } }]);
  });
});

describe('a provider whose keys cannot be opened', () => {
  it('is left out with the reason, and the others serve', () => {
    const folder = aFolder();
    const box = boxIn(folder);
    const foreign = aProvider(boxIn(aFolder()).seal('sk-secret', 'provider:openai'));
    const good = { ...aProvider(box.seal('sk-other', 'provider:two')), id: 'two' };
    const { settings, locked } = openProviders([foreign, good], box, false);
    expect(settings).toMatchObject([{ id: 'two', apiKey: 'sk-other', publicOnly: true, origin: 'studio' }]);
    expect([...locked.keys()]).toEqual(['openai']);
  });
});
