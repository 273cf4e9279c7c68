import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { writePolicy } from '#engine/policy/index.ts';
import type { ConfigStore } from '#server/store/config-store.ts';
import { makeMemoryConfigStore } from '#server/store/memory/make-memory-config-store.ts';
import { openPolicyFolder, type PolicyFolder } from '#server/store/policy-folder.ts';
import { aPolicy, calls } from '../../engine/builders.ts';
import { aFolder, silent } from './builders.ts';

const models = { catalogue: defaultCatalogue, priceBook: defaultPriceBook };

function save(folder: string, target: string, different: object = {}): void {
  const policy = aPolicy({ only: calls(target) }, { id: 'coding', name: 'Coding', ...different });
  writeFileSync(join(folder, 'coding.policy.json'), writePolicy(policy));
}

async function open(folder: string, store: ConfigStore): Promise<PolicyFolder> {
  const files = await openPolicyFolder({ folder, store, logger: silent, clock: () => 0, models });
  onTestFinished(() => files.close());
  return files;
}

const versions = (store: ConfigStore) =>
  store.read().versions.map(({ policyId, version, author }) => `${policyId}@${version} by ${author}`);

describe('a folder of policy files', () => {
  it('is published at the start, and once only', async () => {
    const folder = aFolder();
    const store = makeMemoryConfigStore();
    save(folder, 'openai/gpt-5.5');
    const files = await open(folder, store);
    await files.reload();
    files.close();
    await open(folder, store);
    expect(versions(store)).toEqual(['coding@1 by file']);
    expect([files.has('coding'), files.has('other')]).toEqual([true, false]);
  });

  it('is published again when a file means something else, not when it only looks different', async () => {
    const folder = aFolder();
    const store = makeMemoryConfigStore();
    save(folder, 'openai/gpt-5.5');
    const files = await open(folder, store);
    save(folder, 'openai/gpt-5.5', { name: 'Renamed' });
    await files.reload();
    expect(versions(store)).toEqual(['coding@1 by file']);
    expect(store.read().policies).toMatchObject([{ revision: 2, policy: { name: 'Renamed' } }]);
    save(folder, 'openai/gpt-5-mini');
    await files.reload();
    expect(versions(store)).toEqual(['coding@1 by file', 'coding@2 by file']);
  });

  it('makes one version of a file that several gateways see change', async () => {
    const folder = aFolder();
    const store = makeMemoryConfigStore();
    save(folder, 'openai/gpt-5.5');
    const fleet = [await open(folder, store), await open(folder, store), await open(folder, store)];
    for (const files of fleet) files.close();
    save(folder, 'openai/gpt-5-mini');
    await Promise.all(fleet.map((files) => files.reload()));
    expect(versions(store)).toEqual(['coding@1 by file', 'coding@2 by file']);
  });

  it('keeps the last good version when a file turns bad, and says what is wrong', async () => {
    const folder = aFolder();
    const store = makeMemoryConfigStore();
    save(folder, 'openai/gpt-5.5');
    const files = await open(folder, store);
    writeFileSync(join(folder, 'coding.policy.json'), '{ "format": 1, ');
    await files.reload();
    expect(files.bad()).toMatchObject([
      { file: join(folder, 'coding.policy.json'), diagnostics: [{ code: 'json_syntax' }] },
    ]);
    expect(versions(store)).toEqual(['coding@1 by file']);
    expect(files.has('coding')).toBe(true);
  });

  it('refuses two files of one id, and a policy that cannot run', async () => {
    const folder = aFolder();
    const store = makeMemoryConfigStore();
    save(folder, 'openai/gpt-5.5');
    writeFileSync(
      join(folder, 'twin.policy.json'),
      writePolicy(aPolicy({ only: calls('openai/gpt-5-mini') }, { id: 'coding' })),
    );
    writeFileSync(join(folder, 'empty.policy.json'), writePolicy(aPolicy({}, { id: 'empty' })));
    writeFileSync(join(folder, 'notes.txt'), 'no policy');
    const files = await open(folder, store);
    expect(files.bad().map(({ diagnostics }) => diagnostics[0]?.code)).toEqual([
      'policy_empty',
      'duplicate_id',
    ]);
    expect(versions(store)).toEqual(['coding@1 by file']);
  });

  it('is followed while the server runs', async () => {
    const folder = aFolder();
    const store = makeMemoryConfigStore();
    await open(folder, store);
    save(folder, 'openai/gpt-5.5');
    await vi.waitFor(() => expect(versions(store)).toEqual(['coding@1 by file']), { timeout: 30_000 });
  });

  it('stops the start when it is not there', async () => {
    const folder = aFolder();
    rmSync(folder, { recursive: true });
    await expect(open(folder, makeMemoryConfigStore())).rejects.toThrow('which does not exist');
  });
});
