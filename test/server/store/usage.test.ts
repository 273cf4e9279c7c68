import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { bucketNames, zoneOffsets } from '#server/store/usage/usage-buckets.ts';
import {
  type UsageDimension,
  type UsageQuery,
  usageDimensions,
  usageGrains,
} from '#server/store/usage/usage-query.ts';
import { aFolder, aRecord, silent } from './builders.ts';
import { aQuery, aRow, cutIn, from, to, toRecord } from './usage-rows.ts';

const stores: Readonly<Record<string, () => Promise<RecordLog>>> = {
  memory: async () => makeMemoryRecordLog(),
  duckdb: () => openRecordLog({ folder: aFolder(), logger: silent }),
};
describe('spend in every store', () => {
  it('is the same by any cut, and every cut adds up to the total to the nano-dollar', async () => {
    const aCut = fc.record({
      by: fc.uniqueArray(fc.constantFrom(...usageDimensions), { maxLength: 4 }),
      grain: fc.constantFrom(null, ...usageGrains),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(aRow, { minLength: 1, maxLength: 120 }),
        fc.array(aCut, { minLength: 6, maxLength: 6 }),
        async (rows, cuts) => {
          const records = rows.map(toRecord);
          const answers: unknown[] = [];
          for (const open of Object.values(stores)) answers.push(await cutIn(await open(), records, cuts));
          expect(answers[0]).toEqual(answers[1]);
        },
      ),
      { numRuns: 6 },
    );
  });

  it.each(Object.entries(stores))(
    'is nothing where nothing was asked, not a row of zeros: %s',
    async (_, open) => {
      const rows = await cutIn(await open(), [], [{ by: [], grain: null }]);
      expect(rows).toEqual([[]]);
    },
  );

  it('is the same to the nano-dollar after records were removed, by any cut but users', async () => {
    const dimensions = usageDimensions.filter((dimension) => dimension !== 'user');
    const aCut = fc.record({
      by: fc.uniqueArray(fc.constantFrom(...dimensions), { maxLength: 4 }),
      grain: fc.constantFrom(null, ...usageGrains),
    });
    const cutsOf = (length: number) => fc.array(aCut, { minLength: length, maxLength: length });
    const isSame = async (
      open: () => Promise<RecordLog>,
      rows: readonly ReturnType<typeof toRecord>[],
      cuts: Parameters<typeof cutIn>[2],
      before: number,
    ) => {
      const whole = await cutIn(makeMemoryRecordLog(), rows, cuts);
      expect(await cutIn(await open(), rows, cuts, before)).toEqual(whole);
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(aRow, { minLength: 1, maxLength: 120 }),
        cutsOf(6),
        fc.integer({ min: from, max: to }),
        (rows, cuts, before) => isSame(async () => makeMemoryRecordLog(), rows.map(toRecord), cuts, before),
      ),
      { numRuns: 30 },
    );
    // Opening DuckDB is dear: many rows and cuts at once.
    const rows = fc.sample(aRow, { numRuns: 500, seed: 21 }).map(toRecord);
    const [cuts] = fc.sample(cutsOf(40), { numRuns: 1, seed: 22 });
    await isSame(
      () => openRecordLog({ folder: aFolder(), logger: silent }),
      rows,
      cuts ?? [],
      (from + to) / 2,
    );
  });

  it('is read out of a log of before there were spend lines, once', async () => {
    const folder = aFolder();
    const records = fc.sample(aRow, { numRuns: 40, seed: 7 }).map(toRecord);
    const cuts = [{ by: ['tag', 'model', 'purpose'] as const, grain: 'day' as const }];
    const before = await openRecordLog({ folder, logger: silent });
    const wanted = await cutIn(before, records, cuts);
    const instance = await DuckDBInstance.create(join(folder, 'records.duckdb'));
    const connection = await instance.connect();
    await connection.run('DROP TABLE spend_lines');
    connection.closeSync();
    instance.closeSync();
    expect(await cutIn(await openRecordLog({ folder, logger: silent }), [], cuts)).toEqual(wanted);
  });
});

describe.each(Object.entries(stores))('spend in %s', (_name, open) => {
  async function usage(query: Partial<UsageQuery>, ...records: readonly Partial<RequestRecord>[]) {
    const log = await open();
    try {
      for (const [index, record] of records.entries())
        log.append(aRecord({ id: `r${index}`, 'time.at': from, ...record }));
      await log.flush();
      return await log.usage(aQuery(query));
    } finally {
      await log.close();
    }
  }
  const by = (...dimensions: readonly UsageDimension[]) => ({ by: dimensions });

  it('counts failed attempts and judges where they were made, and the request where its answer came from', async () => {
    const rows = await usage(by('model', 'purpose'), {
      'cost.nano_usd': 9,
      'outcome.target': 'b/z',
      'outcome.attempts': JSON.stringify([
        { target: 'c/k', role: 'classifier', outcome: 'served', cost_nano_usd: 2, usage: null },
        { target: 'a/x', outcome: 'timeout', cost_nano_usd: 3, usage: { input_tokens: 5 } },
        {
          target: 'b/z',
          outcome: 'served',
          cost_nano_usd: 4,
          usage: { input_tokens: 7, reasoning_tokens: 1 },
        },
      ]),
    });
    const told = rows.map(({ values, costNanoUsd, requests, calls, tokens }) =>
      [...values, costNanoUsd, requests, calls, tokens.input, tokens.reasoning].join(' '),
    );
    expect(told.sort()).toEqual([
      'a/x failed_attempt 3 0 1 5 0',
      'b/z answer 4 1 1 7 1',
      'c/k classifier 2 0 1 0 0',
    ]);
  });

  it('shares a request among its tags, the rest to the first by name, and counts it at each', async () => {
    const rows = await usage(by('tag'), { 'caller.tags': ['z', 'a', 'm', 'a'], 'cost.nano_usd': 11 });
    const told = rows.map(({ values, costNanoUsd, requests }) =>
      [...values, costNanoUsd, requests].join(' '),
    );
    expect(told.sort()).toEqual(['a 4 1', 'm 4 1', 'z 3 1']);
  });

  it('counts calls without a price apart, never as 0', async () => {
    const [row] = await usage({}, { 'cost.nano_usd': null }, { 'cost.nano_usd': 5 });
    expect(row).toMatchObject({ costNanoUsd: 5, unpriced: 1, requests: 2 });
  });

  it('shows only the teams that may be seen, and only what was asked for', async () => {
    const records = [
      { 'caller.team': 'ops', 'cost.nano_usd': 1 },
      { 'caller.team': "o'ps", 'cost.nano_usd': 2, 'caller.tags': ['t', 'u'] },
      { 'caller.team': 'search', 'cost.nano_usd': 4 },
    ];
    const queries: readonly Partial<UsageQuery>[] = [
      { teams: ['ops', "o'ps"] },
      { teams: [] },
      { only: { team: ["o'ps"] } },
      { only: { tag: ['u'] } },
      { only: { tag: [''] } },
      { only: { provider: ['anthropic'] }, teams: ['search'] },
    ];
    const log = await open();
    const sums: number[] = [];
    try {
      for (const [index, record] of records.entries())
        log.append(aRecord({ id: `r${index}`, 'time.at': from, ...record }));
      await log.flush();
      for (const query of queries)
        sums.push((await log.usage(aQuery(query))).reduce((total, row) => total + row.costNanoUsd, 0));
    } finally {
      await log.close();
    }
    expect(sums).toEqual([3, 0, 2, 2, 5, 4]);
  });

  it('cuts days where the zone has its midnight, also when the clocks change', async () => {
    // Berlin left summer time at 01:00 UTC on 25 October 2026: that day has 25 hours.
    const rows = await usage(
      { grain: 'day' },
      { 'time.at': Date.UTC(2026, 9, 24, 21, 59), 'cost.nano_usd': 1 },
      { 'time.at': Date.UTC(2026, 9, 24, 22, 0), 'cost.nano_usd': 2 },
      { 'time.at': Date.UTC(2026, 9, 25, 22, 59), 'cost.nano_usd': 4 },
      { 'time.at': Date.UTC(2026, 9, 25, 23, 0), 'cost.nano_usd': 8 },
    );
    const told = rows.map(({ bucket, costNanoUsd }) => `${bucket} ${costNanoUsd}`);
    expect(told.sort()).toEqual(['2026-10-24 1', '2026-10-25 6', '2026-10-26 8']);
  });
});

describe('the buckets of a window', () => {
  it('are named without a gap, weeks by their Monday and months by their first', () => {
    const window = { from: Date.UTC(2026, 9, 30), to: Date.UTC(2026, 10, 3) };
    const offsets = zoneOffsets('UTC', window.from, window.to);
    expect(bucketNames(window, 'day', offsets)).toEqual([
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
      '2026-11-02',
    ]);
    expect(bucketNames(window, 'week', offsets)).toEqual(['2026-10-26', '2026-11-02']);
    expect(bucketNames(window, 'month', offsets)).toEqual(['2026-10-01', '2026-11-01']);
    expect(bucketNames(window, 'hour', offsets)).toHaveLength(96);
  });
});
