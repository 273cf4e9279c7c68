import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openConfiguration } from '#server/backup/open-configuration.ts';
import { exportVerb } from '#server/cli/export.ts';
import { migrateVerb } from '#server/cli/migrate.ts';
import { restore } from '#server/cli/restore.ts';
import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { openPostgresRecordLog } from '#server/store/postgres/open-record-log.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { aFolder, aRecord, silent } from '../store/builders.ts';
import { withAlias } from '../store/config-store-conformance.ts';
import { type RunningPostgres, startPostgres } from '../store/postgres/a-postgres.ts';

import { anInstallation, audit, dayMs, look, on } from './an-installation.ts';

let postgres: RunningPostgres;
let made = 0;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());
afterEach(() => vi.unstubAllEnvs());

describe('waybill migrate', () => {
  async function withRecords(folder: string, first: number, count: number): Promise<void> {
    const log = await openRecordLog({ folder, logger: silent });
    for (let index = first; index < first + count; index += 1)
      log.append(
        aRecord({
          id: `r${index}`,
          'time.at': Date.UTC(2026, 10, 1) + (index % 3) * dayMs + index,
          'caller.team': index % 2 === 0 ? 'search' : null,
          'caller.tags': index % 5 === 0 ? ['a', 'b'] : [],
          'cost.nano_usd': index % 7 === 0 ? null : index * 1_001,
          'usage.output_tokens': index,
        }),
      );
    await log.close();
  }

  it('moves configuration, the chain of the audit and every request, and goes on where it stopped', async () => {
    const folder = await anInstallation();
    await withRecords(folder, 0, 2_500);
    const url = await postgres.database(`backup${++made}`);
    const once = await on(folder, migrateVerb, '--to', url, '--json');
    expect(JSON.parse(once.out)).toEqual({
      configuration: 'moved',
      auditEntries: 4,
      records: 2_500,
      written: 2_500,
      whatIfs: 0,
      texts: null,
      unopened: 1,
      unopenedSignOn: false,
      differences: [],
    });
    const [left, right] = await Promise.all([look(folder, (s) => s.read()), look(url, (s) => s.read())]);
    expect(right).toEqual(left);
    expect(await look(url, (store) => store.audit.verify())).toMatchObject({ ok: true, entries: 4 });

    // The folder was used once more, and half of a day is missing as after a run that was cut off.
    await look(folder, (store) => store.update(audit, withAlias('late')));
    await withRecords(folder, 2_500, 3);
    const pool = await openPool(url, silent);
    await pool.query(`DELETE FROM waybill_records WHERE id LIKE 'r1__0'`);
    await pool.query(`DELETE FROM waybill_spend WHERE id LIKE 'r1__0'`);
    vi.stubEnv('WAYBILL_SECRET_KEY', Buffer.alloc(32, 8).toString('base64'));
    const again = await on(folder, migrateVerb, '--to', url);
    expect(again.out).toMatch(/1 of the providers' keys are sealed with .*secret\.key and not with/);
    expect(again.out).toContain('Moved the configuration and 2 audit entries; the chain holds.');
    expect(again.out).toContain('agree to the nano-dollar');
    const log = await openPostgresRecordLog({ pool, logger: silent });
    expect(await log.count()).toBe(2_503);
    await pool.end();
    const third = JSON.parse((await on(folder, migrateVerb, '--to', url, '--json')).out);
    expect(third).toMatchObject({ configuration: 'unchanged', auditEntries: 0, written: 0 });
  }, 60_000);

  it('is exported while changes are made, as it was at one moment, and restored as equal', async () => {
    for (const place of [await anInstallation(), await postgres.database(`backup${++made}`)]) {
      const isUrl = place.startsWith('postgresql:');
      const running = await openConfiguration(
        { databaseUrl: isUrl ? place : null, dataFolder: place },
        () => undefined,
      );
      onTestFinished(() => running.close());
      // Every change makes an alias and its twin: a file that has one without the other is of no moment.
      const changes = Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          running.store.update(audit, (state) => withAlias(`b${index}`)(withAlias(`a${index}`)(state))),
        ),
      );
      const file = join(aFolder(), 'waybill.json');
      const { code, out } = await on(place, exportVerb, file);
      expect({ code, onRecord: !out.includes('not on record') }).toEqual({ code: 0, onRecord: isUrl });
      await changes;
      const { configuration } = JSON.parse(readFileSync(file, 'utf8'));
      const aliases: string[] = configuration.deployments.map(({ alias }: { alias: string }) => alias);
      for (const alias of aliases.filter((name) => /^a\d/.test(name)))
        expect(aliases).toContain(alias.replace('a', 'b'));

      const empty = aFolder();
      expect((await on(empty, restore, file)).code).toBe(0);
      const again = join(aFolder(), 'again.json');
      await on(empty, exportVerb, again);
      expect(JSON.parse(readFileSync(again, 'utf8')).configuration).toEqual(configuration);
    }
  });

  it('moves the sums that removed records left, and does not bring back what the database has removed', async () => {
    const folder = await anInstallation();
    await withRecords(folder, 0, 60);
    const retired = async (log: RecordLog, until: number) => {
      await log.retire(until);
      await log.close();
    };
    const first = Date.UTC(2026, 10, 1);
    await retired(await openRecordLog({ folder, logger: silent }), first + dayMs);
    const url = await postgres.database(`backup${++made}`);
    const once = JSON.parse((await on(folder, migrateVerb, '--to', url, '--json')).out);
    expect(once).toMatchObject({ records: 40, written: 40, differences: [] });
    const pool = await openPool(url, silent);
    await retired(await openPostgresRecordLog({ pool, logger: silent }), first + 2 * dayMs);
    await pool.end();
    const again = JSON.parse((await on(folder, migrateVerb, '--to', url, '--json')).out);
    expect(again).toMatchObject({ written: 0, differences: [] });
  });

  it('says which day differs when a cost was changed on the way', async () => {
    const folder = await anInstallation();
    await withRecords(folder, 0, 10);
    const url = await postgres.database(`backup${++made}`);
    await on(folder, migrateVerb, '--to', url);
    const pool = await openPool(url, silent);
    await pool.query(`UPDATE waybill_spend SET cost = cost + 1 WHERE id = 'r1'`);
    await pool.end();
    const { code, out } = await on(folder, migrateVerb, '--to', url);
    expect(code).toBe(1);
    expect(out).toMatch(/What was spent differs for \["2026-11-02"/);
  });

  it('moves nothing into a database that holds another installation, or went another way', async () => {
    const [one, other] = [await anInstallation(), await anInstallation()];
    const url = await postgres.database(`backup${++made}`);
    await on(one, migrateVerb, '--to', url);
    await expect(on(other, migrateVerb, '--to', url)).rejects.toThrow(/another installation/);
    await look(url, (store) => store.update(audit, withAlias('there')));
    expect((await on(one, migrateVerb, '--to', url)).out).toContain('has been changed there since');
    await look(one, (store) => store.update(audit, withAlias('here')));
    await expect(on(one, migrateVerb, '--to', url)).rejects.toThrow(/both been changed/);
  });

  it('moves no chain that is broken', async () => {
    const folder = await anInstallation();
    const path = join(folder, 'audit.jsonl');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"actor":"ann"', '"actor":"bob"'));
    const url = await postgres.database(`backup${++made}`);
    await expect(on(folder, migrateVerb, '--to', url)).rejects.toThrow(/broken/);
  });
});
