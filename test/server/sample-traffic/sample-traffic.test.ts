import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { compilePolicy, decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import {
  isOfType,
  type RequestRecord,
  recordColumns,
  signalRegistry,
  signalsFrom,
} from '#engine/signals/index.ts';
import { columnsFromRecords } from '#engine/simulate/columns-from-records.ts';
import { lengthAt } from '#server/sample-traffic/chance.ts';
import { generateSampleTraffic, seedSampleTraffic } from '#server/sample-traffic/index.ts';
import * as profile from '#server/sample-traffic/profile.ts';
import { readShipped } from '../../policies/play-cases.ts';

const compiled = compilePolicy(readShipped('support'));
if (compiled.kind === 'bad') throw new Error('The shipped policy has errors.');
const plan: Plan = compiled.plan;

const until = Date.UTC(2026, 10, 22, 12);
const sample = {
  plan,
  policyId: 'support',
  version: 1,
  seed: 1,
  until,
  days: 14,
  records: 50_000,
  priceBook: defaultPriceBook,
  catalogue: defaultCatalogue,
} as const;
const rows = [...generateSampleTraffic(sample)];

function of(project: string): readonly RequestRecord[] {
  return rows.filter((row) => row['caller.project'] === project);
}

function count(same: (row: RequestRecord) => boolean): number {
  return rows.filter(same).length;
}

function statistics(values: readonly (number | null)[]): { mean: number; median: number; p99: number } {
  const sorted = values.filter((value) => value !== null).sort((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)]!;
  return { mean: sorted.reduce((sum, one) => sum + one, 0) / sorted.length, median: at(0.5), p99: at(0.99) };
}

function expectNear(value: number, wanted: number, tolerance: number): void {
  expect(Math.abs(value / wanted - 1), `${value}, wanted ${wanted}`).toBeLessThan(tolerance);
}

describe('sample traffic', () => {
  it('holds as many rows as asked for, in the window and in order of time, with ids that sort alike', () => {
    expect(rows.length).toBe(50_000);
    const times = rows.map((row) => row['time.at']!);
    expect(times.at(-1)).toBeLessThan(until);
    expect(times[0]).toBeGreaterThanOrEqual(until - 14 * 86_400_000);
    expect(times.every((at, row) => row === 0 || times[row - 1]! <= at)).toBe(true);
    const ids = rows.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('is marked as sandbox on every row', () => {
    expect(rows.every((row) => row.sandbox)).toBe(true);
  });

  it('measures every signal of every request, each of its type', () => {
    for (const row of rows) {
      for (const { name, valueType } of signalRegistry) {
        if (!isOfType(row[name], valueType)) throw new Error(`${row.id}: ${name} is ${String(row[name])}`);
      }
    }
    expect(Object.keys(rows[0]!).sort()).toEqual(recordColumns.map(({ name }) => name).sort());
  });

  it('replays to the recorded decision on every row', () => {
    for (const row of rows) {
      const decision = decide(plan, signalsFrom(row));
      if (pathText(decision.path) !== row['decision.path']) throw new Error(`${row.id} took another path`);
      expect(targetsOf(decision)).toEqual(row['decision.targets']);
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const small = { ...sample, records: 2_000 };
    const hashOf = (seed: number) => columnsFromRecords([...generateSampleTraffic({ ...small, seed })]).hash;
    expect(hashOf(7)).toBe(hashOf(7));
    expect(hashOf(7)).not.toBe(hashOf(8));
  });

  it('has the rhythm of a measured service: busiest at 14, quietest at 7, about 11.7 to 1', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => count((row) => row['time.hour'] === hour));
    expect(hours.indexOf(Math.max(...hours))).toBe(14);
    expect(hours.indexOf(Math.min(...hours))).toBe(7);
    expectNear(hours[14]! / hours[7]!, 11.7, 0.15);
  });

  it('is quieter at the weekend', () => {
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => count((row) => row['time.weekday'] === day));
    expect(Math.max(days[5]!, days[6]!)).toBeLessThan(0.6 * Math.min(...days.slice(0, 5)));
  });

  it.each([
    ['assistant', 1_155, 1_020, 4_142],
    ['completion', 2_048, 1_469, 7_436],
    ['agents', 12_035, 6_909, 85_401],
  ])('has prompts as long as measured: %s', (project, mean, median, p99) => {
    const found = statistics(of(project).map((row) => row['request.input_tokens']));
    expectNear(found.mean, mean, 0.1);
    expectNear(found.median, median, 0.1);
    expectNear(found.p99, p99, 0.1);
  });

  it.each([
    ['conversation', profile.chatAnswers, 211, 129, 601],
    ['code', profile.completionAnswers, 28, 13, 252],
    ['agents', profile.agentAnswers, 343, 350, 1_120],
  ] as const)('draws answers as long as measured: %s', (_, lengths, mean, median, p99) => {
    const found = statistics(
      Array.from({ length: 20_000 }, (__, i) => lengthAt(lengths, (i + 0.5) / 20_000)),
    );
    expectNear(found.mean, mean, 0.1);
    expectNear(found.median, median, 0.05);
    expectNear(found.p99, p99, 0.05);
  });

  it('has conversations that grow, and reads caches only within them or their shared beginning', () => {
    const bySession = new Map<string, RequestRecord[]>();
    for (const row of of('agents')) {
      bySession.set(row['session.id']!, [...(bySession.get(row['session.id']!) ?? []), row]);
    }
    const long = [...bySession.values()].filter((turns) => turns.length >= 3);
    expect(long.length).toBeGreaterThan(100);
    for (const turns of long) {
      const inputs = turns.map((turn) => turn['request.input_tokens']!);
      expect(inputs).toEqual(inputs.toSorted((left, right) => left - right));
    }
    const read = of('agents').filter((row) => (row['usage.cache_read_tokens'] ?? 0) > 0);
    expect(read.length).toBeGreaterThan(1_000);
    expect(read.every((row) => row['usage.cache_read_tokens']! <= row['session.prefix_tokens']!)).toBe(true);
  });

  it('splits every input into disjoint classes that add up to it', () => {
    for (const row of rows) {
      const { 'usage.input_tokens': fresh, 'usage.cache_read_tokens': cached } = row;
      if (fresh === null) continue;
      const written = row['usage.cache_write_5m_tokens']! + row['usage.cache_write_1h_tokens']!;
      if (fresh < 0 || fresh + cached! + written !== row['request.input_tokens']) throw new Error(row.id);
    }
    const writers = rows.filter((row) => (row['usage.cache_write_5m_tokens'] ?? 0) > 0);
    expect(writers.length).toBeGreaterThan(0);
    expect(writers.every((row) => row['outcome.target'].startsWith('anthropic/'))).toBe(true);
  });

  it('has a few refusals, failures, fallbacks and readers who leave, and mostly answers', () => {
    const served = count((row) => row['outcome.status'] === 'served');
    expect(served / rows.length).toBeGreaterThan(0.97);
    for (const status of ['refused', 'failed', 'abandoned']) {
      expect(
        count((row) => row['outcome.status'] === status),
        status,
      ).toBeGreaterThan(5);
    }
    expect(
      count(
        (row) => row['outcome.status'] === 'served' && row['outcome.target'] !== row['decision.targets'][0],
      ),
    ).toBeGreaterThan(20);
  });

  it('costs something on every answered row, and nothing where nobody answered', () => {
    for (const row of rows) {
      const answered = row['outcome.status'] === 'served' || row['outcome.status'] === 'abandoned';
      if (answered !== row['cost.nano_usd']! > 0) throw new Error(`${row.id}: ${row['cost.nano_usd']}`);
    }
  });

  it('goes into a log in small steps', async () => {
    const appended: RequestRecord[] = [];
    let flushed = 0;
    const log = {
      append: (row: RequestRecord) => void appended.push(row),
      flush: async () => {
        flushed += 1;
      },
    };
    expect(await seedSampleTraffic({ ...sample, records: 1_500, log })).toBe(1_500);
    expect([appended.length, flushed]).toEqual([1_500, 1]);
  });
});
