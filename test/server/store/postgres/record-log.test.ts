import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import { openPool } from '#server/store/postgres/open-pool.ts';
import { openPostgresRecordLog } from '#server/store/postgres/open-record-log.ts';
import { dropPartitionsBefore } from '#server/store/postgres/record-tables.ts';
import { usageDimensions, usageGrains } from '#server/store/usage/usage-query.ts';
import { aRecord, silent } from '../builders.ts';
import { describeRecordLog } from '../record-log-conformance.ts';
import { aRow, cutIn, toRecord } from '../usage-rows.ts';
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

  it('forgets whole days at once', async () => {
    const { log, pool } = await open();
    const day = Date.UTC(2026, 10, 20);
    log.append(aRecord({ id: 'old', 'time.at': day }));
    log.append(aRecord({ id: 'new', 'time.at': day + 86_400_000 }));
    await log.flush();
    expect(await dropPartitionsBefore(pool, day + 86_400_000)).toBe(1);
    expect(await log.find('old')).toBeUndefined();
    expect(await log.count()).toBe(1);
  });
});
