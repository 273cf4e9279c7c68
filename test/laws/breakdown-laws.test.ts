import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  columnsFromRecords,
  listChanges,
  replayRecords,
  SimulationResult,
  simulate,
} from '#engine/simulate/index.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { someRecords } from './arbitrary-record.ts';
import { lawModels, lawPlan } from './law-world.ts';

const columns = columnsFromRecords(someRecords(700, 11));
const book = { ...lawModels, columns, seed: 5 };
const runs = { numRuns: 20, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };
const baselines = fc.option(arbitraryPolicy, { nil: null, freq: 3 });

describe('the breakdowns of a what-if', () => {
  it('have the requests and the costs of the whole, each, and intervals around their cost', () => {
    fc.assert(
      fc.property(arbitraryPolicy, baselines, (policy, base) => {
        const result = simulate({ ...book, candidate: lawPlan(policy), baseline: base && lawPlan(base) });
        expect(SimulationResult.parse(result)).toEqual(result);
        const { before, after } = result.cost_nano_usd;
        for (const by of ['team', 'project', 'task', 'size', 'hour', 'weekday', 'target']) {
          const rows = result.segments.filter((one) => one.by === by);
          if (rows.length === 0 || rows.length === 40) continue;
          expect(sum(rows.map((row) => row.requests))).toBe(result.records);
          expect(sum(rows.map((row) => row.changed))).toBe(result.changed);
          expect(sum(rows.map((row) => row.cost_before))).toBe(before);
          expect(sum(rows.map((row) => row.cost_after))).toBe(after);
        }
        for (const { low, high, cost_after } of [...result.segments, ...result.by_day]) {
          expect(low).toBeLessThanOrEqual(cost_after);
          expect(high).toBeGreaterThanOrEqual(cost_after);
        }
        expect(sum(result.by_branch.map((row) => row.cost_delta))).toBe(after - before);
        expect(sum(result.by_branch.map((row) => row.requests))).toBe(result.records);
      }),
      runs,
    );
  });

  it('say of the node that every request enters what the whole says', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = lawPlan(policy);
        const result = simulate({ ...book, candidate: plan, baseline: null });
        const entry = result.by_node.find(({ node }) => node === plan.nodes[plan.entry]?.id);
        const { before, after } = result.cost_nano_usd;
        expect([entry?.requests_after, entry?.cost_after, entry?.cost_delta]).toEqual([
          result.records,
          after,
          after - before,
        ]);
      }),
      { ...runs, numRuns: 15 },
    );
  });

  it('list all changed decisions, the first of them those of the result, and cut them by what is asked', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const whatIf = { ...book, candidate: lawPlan(policy), baseline: null };
        const [result, replay] = [simulate(whatIf), replayRecords(whatIf)];
        const all = listChanges(replay, {});
        expect(all.rows.length).toBe(result.changed);
        expect(all.describe(0, 200)).toEqual(result.changes);
        const first = result.changes[0];
        if (first === undefined) return;
        const filter = { team: first.team ?? '', to: first.target_after, differs_at: first.differs_at };
        const described = all.describe(0, all.rows.length);
        expect(listChanges(replay, filter).rows.length).toBe(
          described.filter(
            (one) =>
              (one.team ?? '') === filter.team &&
              one.target_after === filter.to &&
              one.differs_at === filter.differs_at,
          ).length,
        );
      }),
      { ...runs, numRuns: 15 },
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
