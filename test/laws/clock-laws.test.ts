import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowEnds } from '#engine/simulate/clock/replay-on-clock.ts';
import { makeWeather } from '#engine/simulate/clock/weather.ts';
import type { Incident } from '#engine/simulate/index.ts';
import { columnsFromRecords, sameTokens, simulate } from '#engine/simulate/index.ts';
import { replayRecords } from '#engine/simulate/simulate.ts';
import { arbitraryPolicy, readPolicy } from './arbitrary-policy.ts';
import { someRecords } from './arbitrary-record.ts';
import { lawModels, lawPlan, targets } from './law-world.ts';
import { rehearseInOrder } from './rehearse-in-order.ts';

const begin = 1_790_000_000_000;
/** Close together, so that breakers and retry budgets have something to do; a few have no time. */
const records = someRecords(500, 11)
  .map((record, row) => ({ ...record, 'time.at': row % 50 === 7 ? null : begin + row * 700 }))
  .sort((left, right) => (left['time.at'] ?? Infinity) - (right['time.at'] ?? Infinity));
const columns = columnsFromRecords(records);
const book = { ...lawModels, seed: 5, estimates: sameTokens };
const runs = { numRuns: 60, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };

const pattern = fc.oneof(fc.constantFrom(...targets), fc.constantFrom('openai/*', 'anthropic/*', '*'));
const moments = fc
  .tuple(fc.nat({ max: 300 }), fc.integer({ min: 1, max: 300 }))
  .map(([from, length]) => ({ from: `+${from}s`, to: `+${from + length}s` }));
const failing: fc.Arbitrary<Incident> = fc.oneof(
  fc
    .tuple(pattern, fc.constantFrom('server_error' as const, 'timeout' as const, 'network' as const), moments)
    .map(([target, error, when]) => ({ kind: 'outage' as const, target, error, ...when })),
  fc
    .tuple(pattern, fc.constantFrom(0.3, 0.9), moments)
    .map(([target, share, when]) => ({ kind: 'rate_limited' as const, target, share, ...when })),
);
const someFailing = fc.array(failing, { minLength: 1, maxLength: 3 });

describe('a replay on the clock', () => {
  it('ends every row as a plain gateway does, one row at a time', () => {
    const met = new Set<string>();
    fc.assert(
      fc.property(arbitraryPolicy, someFailing, fc.constantFrom(null, 0.5), (policy, incidents, budget) => {
        const plan = lawPlan(policy);
        const budgets =
          budget === null
            ? []
            : [{ per: 'team', limit_usd: budget, window: 'hour', enforcement: 'hard' } as const];
        const { rehearsal, bins } = replayRecords({
          columns,
          candidate: plan,
          baseline: null,
          incidents,
          budgets,
          ...book,
        });
        const weather = makeWeather(incidents, columns);
        const rowOf = new Map(records.map((record, row) => [record, row]));
        const ends = rehearseInOrder(
          plan,
          records,
          {
            error: (target, record) =>
              weather.meet(target, rowOf.get(record)!, record['time.at'] ?? undefined).error,
            slowness: () => 1,
          },
          budget,
        );
        for (const [row, expected] of ends.entries()) {
          const { after } = bins.bins[bins.codes[row]!]!;
          met.add(expected.end);
          const came = {
            path: after.path,
            end: rowEnds[rehearsal!.after.ends[row]!],
            target: after.target,
            addedMs: rehearsal!.after.addedMs[row],
          };
          if (JSON.stringify(came) !== JSON.stringify(expected))
            expect({ row, ...came }).toEqual({ row, ...expected });
        }
      }),
      runs,
    );
    expect([...met].sort()).toEqual([...rowEnds].sort());
  }, 60_000);

  it('changes nothing of any policy that meets the same weather on both sides', () => {
    fc.assert(
      fc.property(arbitraryPolicy, someFailing, (policy, incidents) => {
        const [candidate, baseline] = [lawPlan(policy), lawPlan(policy)];
        const result = simulate({ columns, candidate, baseline, incidents, parts: 'totals', ...book });
        expect(result.changed).toBe(0);
        const { before, after, low, high } = result.cost_nano_usd;
        expect([after, low, high]).toEqual([before, before, before]);
        expect(result.errors.after).toBe(result.errors.before);
        for (const hour of result.timeline) expect(hour.refused.after).toBe(hour.refused.before);
      }),
      { ...runs, numRuns: 10 },
    );
  });

  it('that meets no incident decides and costs what the columns do', () => {
    const never: readonly Incident[] = [
      { kind: 'outage', target: '*', error: 'network', from: '+90d', to: '+91d' },
    ];
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const world = { columns, candidate: lawPlan(policy), baseline: null, ...book };
        const clocked = simulate({ ...world, incidents: never, parts: 'totals' });
        const plain = simulate({ ...world, parts: 'totals' });
        const { timeline, incidents, assumptions } = clocked;
        const told = ({
          changed,
          evidence,
          refused,
          without_cost,
          by_target,
          by_team,
          ...all
        }: typeof plain) => ({
          counted: { changed, evidence, refused, without_cost, by_target, by_team },
          cost: [all.cost_nano_usd.before, all.cost_nano_usd.after],
        });
        expect(told(clocked)).toEqual(told(plain));
        expect(timeline.length).toBeGreaterThan(0);
        expect([incidents, assumptions.some((one) => one.startsWith('Injected'))]).toEqual([never, true]);
      }),
      { ...runs, numRuns: 10 },
    );
  });

  it('of every shipped policy against itself changes nothing, in fair weather and foul', () => {
    const folder = new URL('../../policies/', import.meta.url);
    const files = readdirSync(folder).filter((file) => file.endsWith('.policy.json'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const plan = lawPlan(readPolicy(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))));
      for (const incidents of [[], [{ kind: 'outage', target: 'openai/*', error: 'timeout' } as const]]) {
        const result = simulate({
          columns,
          candidate: plan,
          baseline: plan,
          incidents,
          parts: 'totals',
          ...book,
        });
        const { before, after, low, high } = result.cost_nano_usd;
        expect([file, result.changed, after, low, high]).toEqual([file, 0, before, before, before]);
      }
    }
  });
});
