import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { openPostgresRecordLog } from '#server/store/postgres/open-record-log.ts';
import { usageDimensions, usageGrains } from '#server/store/usage/usage-query.ts';
import { aRecord, silent } from '../builders.ts';
import { describeRecordLog } from '../record-log-conformance.ts';
import { aRow, cutIn, from, to, toRecord } from '../usage-rows.ts';
import { type RunningPostgres, startPostgres } from './a-postgres.ts';

let postgres: RunningPostgres;
let made = 0;
beforeAll(async () => {
  postgres = await startPostgres();
}, 60_000);
afterAll(() => postgres.close());

async function open(url?: string) {
  const pool = await openPool(url ?? (await postgres.database(`log${++made}`)), silent);
  onTestFinished(() => pool.end());
  return { pool, log: await openPostgresRecordLog({ pool, logger: silent }) };
}

describeRecordLog('PostgreSQL', async () => (await open()).log);

describe('the request log in PostgreSQL', () => {
  it('cuts spend as the plain reference does', async () => {
    const aCut = fc.record({
      by: fc.uniqueArray(fc.constantFrom(...usageDimensions), { maxLength: 4 }),
      grain: fc.constantFrom(null, ...usageGrains),
    });
    const [cuts] = fc.sample(fc.array(aCut, { minLength: 30, maxLength: 30 }), { numRuns: 1, seed: 11 });
    const records = fc.sample(aRow, { numRuns: 300, seed: 12 }).map(toRecord);
    const wanted = await cutIn(makeMemoryRecordLog(), records, cuts ?? []);
    expect(await cutIn((await open()).log, records, cuts ?? [])).toEqual(wanted);
  });

  it('takes a batch that comes twice once, and records of many gateways at once', async () => {
    const url = await postgres.database(`log${++made}`);
    const gateways = await Promise.all([open(url), open(url), open(url)]);
    for (let index = 0; index < 300; index += 1) {
      const record = aRecord({ id: `r${index}`, 'time.at': index * 3_600_000, 'cost.nano_usd': 1 });
      gateways[index % 3]?.log.append(record);
      // As when the answer to a batch was lost.
      if (index % 10 === 0) gateways[(index + 1) % 3]?.log.append(record);
    }
    await Promise.all(gateways.map(({ log }) => log.flush()));
    const [first] = gateways;
    expect(await first?.log.count()).toBe(300);
    const spent = await first?.log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] });
    expect(spent?.map(({ costNanoUsd }) => costNanoUsd)).toEqual([300]);
  });

  it('keeps texts that PostgreSQL cannot, with a mark in the place of what it cannot', async () => {
    const { log } = await open();
    log.append(aRecord({ id: 'odd', 'caller.user': 'a\u0000b\ud800c' }));
    log.append(aRecord({ id: 'pair', 'caller.user': '😀' }));
    await log.flush();
    expect((await log.find('odd'))?.['caller.user']).toBe('a\ufffdb\ufffdc');
    expect((await log.find('pair'))?.['caller.user']).toBe('😀');
  });

  it('keeps what comes while PostgreSQL is away, and writes it afterwards', async () => {
    const { log } = await open();
    log.append(aRecord({ id: 'before' }));
    await log.flush();
    await postgres.stop();
    log.append(aRecord({ id: 'meanwhile' }));
    await expect(log.flush()).rejects.toThrow();
    await postgres.start();
    await log.flush();
    expect(await log.count()).toBe(2);
  });

  it('cuts spend as before once days were dropped', async () => {
    const dimensions = usageDimensions.filter((dimension) => dimension !== 'user');
    const aCut = fc.record({
      by: fc.uniqueArray(fc.constantFrom(...dimensions), { maxLength: 4 }),
      grain: fc.constantFrom(null, ...usageGrains),
    });
    const [cuts] = fc.sample(fc.array(aCut, { minLength: 30, maxLength: 30 }), { numRuns: 1, seed: 13 });
    const records = fc.sample(aRow, { numRuns: 400, seed: 14 }).map(toRecord);
    const wanted = await cutIn(makeMemoryRecordLog(), records, cuts ?? []);
    const { log, pool } = await open();
    const middle = (from + to) / 2;
    expect(await cutIn(log, records, cuts ?? [], middle)).toEqual(wanted);
    const { rows } = await pool.query(
      `SELECT min(right(c.relname, 8)) AS first FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE c.relkind = 'r'`,
    );
    expect(rows[0].first).toBe(new Date(middle).toISOString().slice(0, 10).replaceAll('-', ''));
  });

  it('lets one gateway drop a day while others read and write', async () => {
    const url = await postgres.database(`log${++made}`);
    const gateways = await Promise.all([open(url), open(url), open(url)]);
    const [first] = gateways;
    const day = Date.UTC(2026, 10, 20);
    const old = Array.from({ length: 200 }, (_, index) => ({ id: `o${index}`, 'time.at': day + index }));
    for (const record of old) first?.log.append(aRecord({ ...record, 'cost.nano_usd': 3 }));
    await first?.log.flush();
    const straggler = gateways[2]?.log;
    straggler?.append(aRecord({ id: 'late', 'time.at': day + 500, 'cost.nano_usd': 5 }));
    const [removed] = await Promise.all([
      Promise.all(gateways.map(({ log }) => log.retire(day + 86_400_000))),
      straggler?.flush(),
      ...gateways.map(({ log }) => log.page({ limit: 10 })),
    ]);
    // Whether the straggler came before or after, one more pass leaves nothing, and nothing was counted twice.
    removed.push((await first?.log.retire(day + 86_400_000)) ?? 0);
    expect(removed.reduce((sum, one) => sum + one, 0)).toBe(201);
    expect(await first?.log.count()).toBe(0);
    const spent = await first?.log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] });
    expect(spent?.map(({ costNanoUsd }) => costNanoUsd)).toEqual([605]);
  });
});
