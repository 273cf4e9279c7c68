import fc from 'fast-check';
import { expect } from 'vitest';
import type { RequestRecord } from '#engine/signals/index.ts';
import type { RecordLog } from '#server/store/record-log.ts';
import { zoneOffsets } from '#server/store/usage/usage-buckets.ts';
import { addMeasures, noMeasures, type UsageQuery } from '#server/store/usage/usage-query.ts';
import { aRecord } from './builders.ts';

export const from = Date.UTC(2026, 9, 20);
export const to = Date.UTC(2026, 10, 20);

/** A query of all of it. */
export function aQuery(different: Partial<UsageQuery> = {}): UsageQuery {
  return {
    from,
    to,
    by: [],
    grain: null,
    offsets: zoneOffsets('Europe/Berlin', from, to),
    only: {},
    teams: null,
    ...different,
  };
}

const aCost = fc.option(fc.integer({ min: 0, max: 2_000_000_011 }), { freq: 6 });
const anAttempt = fc.record({
  target: fc.constantFrom('a/x', 'a/y', 'b/z'),
  role: fc.constantFrom(undefined, undefined, 'judge', 'classifier'),
  outcome: fc.constantFrom('served', 'timeout'),
  cost_nano_usd: aCost,
  usage: fc.option(fc.record({ input_tokens: fc.nat(900), cache_write_1h_tokens: fc.nat(50) })),
});
/** A request as random as spend allows. */
export const aRow = fc.record({
  at: fc.integer({ min: from - 86_400_000, max: to + 86_400_000 }),
  team: fc.constantFrom('search', 'ops', null),
  user: fc.constantFrom('', "o'ne"),
  tags: fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 4 }),
  task: fc.constantFrom('code', null),
  difficulty: fc.constantFrom(null, 0.1, 0.34, 0.67),
  policy: fc.constantFrom('support', ''),
  version: fc.integer({ min: 1, max: 3 }),
  status: fc.constantFrom('served', 'failed', 'refused', 'abandoned'),
  sandbox: fc.boolean(),
  sample: fc.boolean(),
  attempts: fc.array(anAttempt, { maxLength: 4 }),
  own: aCost,
});

type Row = typeof aRow extends fc.Arbitrary<infer R> ? R : never;

/** As the gateway writes it: the sum of the attempts, unknown as soon as one is; sometimes as a foreign log has it. */
export function toRecord(row: Row, index: number): RequestRecord {
  const costs = row.attempts.map((attempt) => attempt.cost_nano_usd);
  const sum = costs.includes(null) ? null : costs.reduce<number>((total, cost) => total + (cost ?? 0), 0);
  return aRecord({
    id: `${row.sample ? 'sample-' : 'req-'}${index}`,
    sandbox: row.sandbox,
    'time.at': row.at,
    'caller.team': row.team,
    'caller.user': row.user,
    'caller.tags': row.tags,
    'task.label': row.task,
    'task.difficulty': row.difficulty,
    'decision.policy': row.policy,
    'decision.version': row.version,
    'outcome.status': row.status as RequestRecord['outcome.status'],
    'outcome.target': row.attempts.at(-1)?.target ?? '',
    'outcome.attempts': JSON.stringify(row.attempts),
    'cost.nano_usd': index % 7 === 0 ? row.own : sum,
  });
}

const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();

async function retireIn(log: RecordLog, before: number): Promise<void> {
  const rows = await log.count();
  const removed = await log.retire(before);
  expect(await log.count()).toBe(rows - removed);
  expect(await log.retire(before)).toBe(0);
}

/** Appends, removes the records of days before `retiredBefore`, cuts, holds every cut to the total, closes. */
export async function cutIn(
  log: RecordLog,
  records: readonly RequestRecord[],
  cuts: readonly Pick<UsageQuery, 'by' | 'grain'>[],
  retiredBefore?: number,
): Promise<readonly (readonly string[])[]> {
  try {
    for (const record of records) log.append(record);
    await log.flush();
    if (retiredBefore !== undefined) await retireIn(log, retiredBefore);
    const total = (await log.usage(aQuery())).reduce(addMeasures, noMeasures);
    const answers: (readonly string[])[] = [];
    for (const { by, grain } of cuts) {
      const cut = await log.usage(aQuery({ by, grain }));
      const sum = cut.reduce(addMeasures, noMeasures);
      expect(sum.costNanoUsd).toBe(total.costNanoUsd);
      if (!by.includes('tag')) expect(addMeasures(noMeasures, sum)).toEqual(addMeasures(noMeasures, total));
      answers.push(sorted(cut));
    }
    return answers;
  } finally {
    await log.close();
  }
}
