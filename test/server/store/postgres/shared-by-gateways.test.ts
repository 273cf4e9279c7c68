import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { copyKept } from '#server/backup/copy-kept.ts';
import type { KeptSimulation } from '#server/contract/simulations.ts';
import { openTextLog } from '#server/governance/privacy/open-text-log.ts';
import { makeSharedTextCipher } from '#server/governance/privacy/shared-text-cipher.ts';
import { makePostgresSimulationStore } from '#server/store/postgres/make-simulation-store.ts';
import { makePostgresTextLog } from '#server/store/postgres/make-text-log.ts';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { openSimulationFiles } from '#server/store/simulation-files.ts';
import { aServer } from '../../api/a-server.ts';
import { aText, describeTextLog } from '../../governance/privacy/text-log-conformance.ts';
import { aFolder, silent } from '../builders.ts';
import { type RunningPostgres, startPostgres } from './a-postgres.ts';

const [newKey, oldKey] = [randomBytes(32), randomBytes(32)];
let postgres: RunningPostgres;
let pool: Pool;
beforeAll(async () => {
  postgres = await startPostgres();
  pool = await openPool(await postgres.database('shared'), silent);
}, 60_000);
beforeEach(async () => {
  await pool.query('TRUNCATE waybill_texts, waybill_simulations');
});
afterAll(async () => {
  await pool.end();
  await postgres.close();
});

const textLog = (...keys: readonly Buffer[]) => {
  const log = makePostgresTextLog({ pool, cipher: makeSharedTextCipher(keys), logger: silent });
  onTestFinished(() => log.close());
  return log;
};

describeTextLog('PostgreSQL', () => textLog(newKey));

describe('texts in PostgreSQL', () => {
  it('are sealed there, read from every gateway with the key, and told apart from what nobody kept', async () => {
    const one = textLog(oldKey);
    one.append(aText('a', { answer: 'strawberries' }));
    await one.flush();
    const { rows } = await pool.query('SELECT * FROM waybill_texts');
    expect(JSON.stringify(rows)).not.toContain('strawberries');
    // The key was changed since: the old one still opens.
    expect((await textLog(newKey, oldKey).find(aText('a')))?.answer).toBe('strawberries');
    await expect(textLog(newKey).find(aText('a'))).rejects.toThrow(/another WAYBILL_SECRET_KEY/);
  });

  it('wait while PostgreSQL is away, and are written once, also when they come twice', async () => {
    const log = textLog(newKey);
    await postgres.stop();
    log.append(aText('meanwhile'));
    await expect(log.flush()).rejects.toThrow();
    await postgres.start();
    log.append(aText('meanwhile'));
    await log.flush();
    expect((await log.newest('search', 9)).map(({ id }) => id)).toEqual(['meanwhile']);
  });
});

it('lists what-ifs that any gateway kept, the newest first, and lets the oldest go', async () => {
  const server = await aServer({ records: 10 });
  const { body } = await server.call('POST', '/api/simulations', {
    name: 'Cheaper',
    candidate: {
      policy: {
        format: 1,
        id: 'draft',
        name: 'Draft',
        entry: 'only',
        nodes: { only: { kind: 'model', target: 'openai/gpt-5-mini' } },
      },
    },
  });
  const kept = body as KeptSimulation;
  const [here, there] = [makePostgresSimulationStore(pool, 2), makePostgresSimulationStore(pool, 2)];
  for (const [index, id] of ['a', 'b', 'c'].entries())
    await here.put({ ...kept, id, at: new Date(Date.UTC(2026, 10, 22, index)).toISOString() });
  expect((await there.list()).map(({ id }) => id)).toEqual(['c', 'b']);
  expect(await there.find('a')).toBeUndefined();
  expect(await there.find('b')).toEqual({ ...kept, id: 'b', at: '2026-11-22T01:00:00.000Z' });

  // And those that one machine kept before come along, with the texts of its teams.
  const folder = aFolder();
  await openSimulationFiles(join(folder, 'simulations')).put({ ...kept, id: 'old' });
  const texts = openTextLog({ folder, logger: silent });
  for (const id of ['t1', 't2']) texts.append(aText(id));
  await texts.close();
  const moving = { folder, pool, teams: ['search', 'nobody'], logger: silent };
  expect(await copyKept({ ...moving, keys: [] })).toEqual({ whatIfs: 1, texts: null });
  for (let turn = 0; turn < 2; turn += 1)
    expect(await copyKept({ ...moving, keys: [newKey] })).toEqual({ whatIfs: 1, texts: 2 });
  expect(await there.find('old')).toMatchObject({ name: 'Cheaper' });
  expect((await textLog(newKey).newest('search', 9)).map(({ id }) => id).sort()).toEqual(['t1', 't2']);
});
