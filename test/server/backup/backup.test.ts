import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { exportVerb } from '#server/cli/export.ts';
import { restore } from '#server/cli/restore.ts';
import { aFolder } from '../store/builders.ts';
import { withAlias } from '../store/config-store-conformance.ts';
import { type RunningPostgres, startPostgres } from '../store/postgres/a-postgres.ts';

import { anInstallation, audit, look, masterKey, on, withSignOn } from './an-installation.ts';

let postgres: RunningPostgres;
let made = 0;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());
afterEach(() => vi.unstubAllEnvs());

describe('waybill export and restore', () => {
  it('carry a configuration from a data folder to PostgreSQL and back, put on record on each side', async () => {
    const from = await anInstallation();
    const database = await postgres.database(`backup${++made}`);
    const back = aFolder();
    const files = [join(aFolder(), 'one.json'), join(aFolder(), 'two.json')] as const;
    expect(await on(from, exportVerb, files[0])).toMatchObject({ code: 0, err: '' });
    expect(statSync(files[0]).mode & 0o777).toBe(0o600);
    expect((await on(database, restore, files[0])).out).toContain('sealed with the master key');
    expect((await on(database, exportVerb, files[1])).code).toBe(0);
    vi.stubEnv('WAYBILL_SECRET_KEY', masterKey.toString('hex'));
    expect((await on(back, restore, files[1])).out).not.toContain('sealed');
    const { audit: _, ...wanted } = await look(from, (store) => store.read());
    const { audit: __, ...got } = await look(back, (store) => store.read());
    expect(got).toEqual(wanted);
    const recorded = await look(database, async (store) => ({
      actions: (await store.audit.page({ limit: 9 })).entries.map(({ action }) => action),
      chain: await store.audit.verify(),
    }));
    expect(recorded.actions).toEqual(['configuration.export', 'configuration.restore']);
    expect(recorded.chain.ok).toBe(true);
  });

  it('leave keys of providers out when asked to, and say so', async () => {
    const file = join(aFolder(), 'bare.json');
    const { out } = await on(await anInstallation(), exportVerb, file, '--without-secrets');
    expect(out).toContain('Keys of providers are not in it');
    const { configuration } = JSON.parse(readFileSync(file, 'utf8'));
    expect(configuration.providers).toMatchObject([{ id: 'own', keys: [] }]);
    const { out: said } = await on(aFolder(), restore, file);
    expect(said).toContain('enter them under Providers');
  });

  it('put nothing over a configuration unless asked to, and overwrite no file', async () => {
    const folder = await anInstallation();
    const file = join(aFolder(), 'all.json');
    await on(folder, exportVerb, file);
    await expect(on(folder, restore, file)).rejects.toThrow(/deployments: 2.*--replace/);
    await expect(on(folder, exportVerb, file)).rejects.toThrow(/not there yet/);
    await look(folder, (store) => store.update(audit, withAlias('late')));
    expect((await on(folder, restore, file, '--replace')).code).toBe(0);
    const { deployments } = await look(folder, (store) => store.read());
    expect(deployments.map(({ alias }) => alias)).toEqual(['auto', 'fast']);
  });

  it('say which secrets another master key sealed, the client secret of single sign-on among them', async () => {
    const from = await anInstallation();
    await look(from, (store) => store.update({ ...audit, action: 'sign_on.write' }, withSignOn));
    const file = join(aFolder(), 'with-sign-on.json');
    await on(from, exportVerb, file);
    vi.stubEnv('WAYBILL_SECRET_KEY', Buffer.alloc(32, 8).toString('hex'));
    const said = await on(aFolder(), restore, file);
    expect(said.out).toContain(
      "1 of the providers' keys and the client secret of single sign-on are sealed with the master key",
    );
    const told = JSON.parse((await on(aFolder(), restore, file, '--json')).out);
    const [[id, count] = []] = Object.entries(told.unopened);
    expect([count, told.unopenedSignOn]).toEqual([2, id]);
    vi.stubEnv('WAYBILL_SECRET_KEY', masterKey.toString('hex'));
    expect((await on(aFolder(), restore, file)).out).not.toContain('sealed');
    const without = join(aFolder(), 'without.json');
    await on(from, exportVerb, without, '--without-secrets');
    expect((await on(aFolder(), restore, without)).out).toContain('nor the client secret of single sign-on');
  });

  it('refuse a file that is no configuration of this release, and change nothing', async () => {
    const folder = aFolder();
    const file = join(aFolder(), 'odd.json');
    writeFileSync(file, '{"kind":"waybill configuration","format":2}');
    await expect(on(folder, restore, file)).rejects.toThrow(/format.*Nothing was changed/);
    writeFileSync(file, 'no');
    await expect(on(folder, restore, file)).rejects.toThrow(/is not JSON/);
    expect(await look(folder, (store) => store.read().audit.sequence)).toBe(0);
  });
});
