import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Configuration } from '#server/store/config-store.ts';
import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { aFolder } from './builders.ts';

const audit = { actor: 'test', action: 'deployment.write', subject: 'auto', before: null, after: null };
const withAlias =
  (alias: string) =>
  (state: Configuration): Configuration => ({
    ...state,
    deployments: [...state.deployments, { alias, policyId: 'support', version: null }],
  });

async function aSavedFolder(...aliases: readonly string[]): Promise<string> {
  const folder = aFolder();
  const store = await openConfigStore({ folder });
  for (const alias of aliases) await store.update(audit, withAlias(alias));
  await store.close();
  return folder;
}

describe('the configuration file', () => {
  it('is there after a restart, salt included', async () => {
    const folder = aFolder();
    const first = await openConfigStore({ folder });
    await first.update(audit, withAlias('auto'));
    const before = first.read();
    await first.close();
    const second = await openConfigStore({ folder });
    expect(second.read()).toEqual(before);
    await second.close();
  });

  it('keeps the state before the last change as its backup', async () => {
    const folder = await aSavedFolder('a', 'b');
    const backup = JSON.parse(readFileSync(join(folder, 'config.backup.json'), 'utf8'));
    expect(backup.deployments.map(({ alias }: { alias: string }) => alias)).toEqual(['a']);
  });

  it('stops the start when it is damaged, says how to restore it, and touches nothing', async () => {
    const folder = await aSavedFolder('a', 'b');
    const path = join(folder, 'config.json');
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, 100));
    const backup = readFileSync(join(folder, 'config.backup.json'), 'utf8');
    const damaged = readFileSync(path, 'utf8');
    await expect(openConfigStore({ folder })).rejects.toThrow(
      /config.json is damaged .*Nothing was changed.*config.backup.json: to go back to it, copy it/,
    );
    expect(readFileSync(path, 'utf8')).toBe(damaged);
    expect(readFileSync(join(folder, 'config.backup.json'), 'utf8')).toBe(backup);
  });

  it('can be restored from its backup by hand', async () => {
    const folder = await aSavedFolder('a', 'b');
    writeFileSync(join(folder, 'config.json'), readFileSync(join(folder, 'config.backup.json')));
    const store = await openConfigStore({ folder });
    expect(store.read().deployments.map(({ alias }) => alias)).toEqual(['a']);
    await store.close();
  });

  it('stops the start when it is gone but its backup is there', async () => {
    const folder = await aSavedFolder('a');
    const { rmSync } = await import('node:fs');
    rmSync(join(folder, 'config.json'));
    await expect(openConfigStore({ folder })).rejects.toThrow('is missing, but its backup is there');
  });

  it('names the place of a value that cannot be', async () => {
    const folder = await aSavedFolder('a');
    const path = join(folder, 'config.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"support"', '5'));
    await expect(openConfigStore({ folder })).rejects.toThrow('deployments.0.policyId');
  });

  it('is not opened when a newer release wrote it', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ format: 2 }));
    await expect(openConfigStore({ folder })).rejects.toThrow('written by a newer release');
  });

  it('belongs to one store at a time', async () => {
    const folder = aFolder();
    const store = await openConfigStore({ folder });
    await expect(openConfigStore({ folder })).rejects.toThrow(`in use by process ${process.pid}`);
    await store.close();
    await (await openConfigStore({ folder })).close();
  });

  it('is not taken from a process that lives', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'config.lock'), JSON.stringify({ pid: process.ppid, started: '' }));
    await expect(openConfigStore({ folder })).rejects.toThrow(`in use by process ${process.ppid}`);
  });

  it.each([
    ['is gone', JSON.stringify({ pid: 4_194_300, started: '1' })],
    ['had the number of one that lives now', JSON.stringify({ pid: process.ppid, started: 'long ago' })],
    ['was killed while it wrote its lock', '{"pi'],
  ])('is taken over from a process that %s', async (_, lock) => {
    const folder = aFolder();
    writeFileSync(join(folder, 'config.lock'), lock);
    await (await openConfigStore({ folder })).close();
  });
});
