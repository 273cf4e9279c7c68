import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, priceOf, usageOfColumns } from '#engine/catalogue/index.ts';
import { decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import { type RequestRecord, signalsFrom } from '#engine/signals/index.ts';
import { columnsFromRecords, SimulationResult, signalsAt, simulate } from '#engine/simulate/index.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { someRecords } from './arbitrary-record.ts';
import { lawModels, lawPlan } from './law-world.ts';

const records = someRecords(2_000, 7);
const columns = columnsFromRecords(records);
const { catalogue, priceBook } = lawModels;
const book = { priceBook, catalogue, seed: 5 };
const runs = { numRuns: 100, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };
const baselines = fc.option(arbitraryPolicy, { nil: null, freq: 3 });

describe('a what-if', () => {
  it('of a policy against itself changes nothing', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = lawPlan(policy);
        const result = simulate({ columns, candidate: plan, baseline: plan, ...book });
        expect(result.changed).toBe(0);
        expect(result.changes).toEqual([]);
        const { before, after, low, high } = result.cost_nano_usd;
        expect([after, low, high]).toEqual([before, before, before]);
        expect(result.latency_ms.after).toBe(result.latency_ms.before);
        expect(result.refused.after).toBe(result.refused.before);
        for (const edge of result.by_edge) expect(edge.after).toBe(edge.before);
        for (const { from, to } of result.transitions) expect(to).toBe(from);
      }),
      runs,
    );
  });

  it('of the policy that wrote the log, against the log, changes nothing and costs what was logged', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = lawPlan(policy);
        const log = columnsFromRecords(records.map((record, row) => loggedUnder(plan, record, row)));
        const result = simulate({ columns: log, candidate: plan, baseline: null, ...book });
        expect(result.changed).toBe(0);
        expect(result.evidence.observed).toBe(records.length);
        const { before, after, low, high } = result.cost_nano_usd;
        expect([after, low, high]).toEqual([before, before, before]);
        expect(before).toBe(sum(records.map((record) => record['cost.nano_usd'] ?? 0)));
      }),
      { ...runs, numRuns: 30 },
    );
  });

  it('adds up: every breakdown has the requests and the costs of the whole', () => {
    fc.assert(
      fc.property(arbitraryPolicy, baselines, (policy, base) => {
        const result = simulate({
          columns,
          candidate: lawPlan(policy),
          baseline: base && lawPlan(base),
          ...book,
        });
        expect(SimulationResult.parse(result)).toEqual(result);
        const { before, after, low, high } = result.cost_nano_usd;
        const { by_target: targets, by_team: teams, by_day: days, transitions, evidence } = result;
        expect(sum(targets.map((row) => row.requests_before))).toBe(result.records);
        expect(sum(targets.map((row) => row.requests_after))).toBe(result.records);
        for (const rows of [targets, teams, days] as { cost_before: number; cost_after: number }[][]) {
          expect(sum(rows.map((row) => row.cost_before))).toBe(before);
          expect(sum(rows.map((row) => row.cost_after))).toBe(after);
        }
        expect(sum(teams.map((row) => row.requests))).toBe(result.records);
        expect(sum(days.map((row) => row.requests))).toBe(result.records);
        expect(sum(teams.map((row) => row.changed))).toBe(result.changed);
        expect(sum(transitions.map((row) => row.requests))).toBe(result.records);
        expect(sum(transitions.map((row) => row.cost_delta))).toBe(after - before);
        expect(sum(Object.values(evidence))).toBe(result.records);
        expect(low).toBeLessThanOrEqual(after);
        expect(high).toBeGreaterThanOrEqual(after);
        expect(result.changes.length).toBe(Math.min(200, result.changed));
      }),
      runs,
    );
  });

  it('counts and prices every row as one row at a time does', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = lawPlan(policy);
        const result = simulate({ columns, candidate: plan, baseline: null, ...book });
        const rows = Array.from({ length: columns.length }, (_, row) => rowAlone(plan, row));
        expect(result.changed).toBe(rows.filter((row) => row.changed).length);
        expect(result.refused.after).toBe(rows.filter((row) => row.target === '').length);
        expect(result.without_cost.after).toBe(rows.filter((row) => row.cost === null).length);
        expect(result.cost_nano_usd.after).toBe(sum(rows.map((row) => row.cost ?? 0)));
        for (const { target, requests_after, cost_after } of result.by_target) {
          const there = rows.filter((row) => row.target === target);
          expect([requests_after, cost_after]).toEqual([
            there.length,
            sum(there.map((row) => row.cost ?? 0)),
          ]);
        }
      }),
      { ...runs, numRuns: 60 },
    );
  });

  it('gives the same answer again, to the last digit', () => {
    fc.assert(
      fc.property(arbitraryPolicy, baselines, (policy, base) => {
        const again = columnsFromRecords(records);
        const one = { candidate: lawPlan(policy), baseline: base && lawPlan(base), ...book };
        expect(simulate({ columns: again, ...one })).toEqual(simulate({ columns, ...one }));
      }),
      { ...runs, numRuns: 30 },
    );
  });
});

const ordered = inOrder(records);

/** What one row costs under a plan, said plainly. */
function rowAlone(plan: Plan, row: number) {
  const record = ordered[row]!;
  const decision = decide(plan, signalsAt(columns, row));
  const first = decision.attempts[0]!;
  const target = first.kind === 'call' ? first.target : '';
  const targets = targetsOf(decision);
  const logged = record['decision.targets'];
  const path = record['decision.path'];
  const refused = record['outcome.status'] === 'refused';
  const tried = logged.length === 0 && path === '' && !refused ? [record['outcome.target']] : logged;
  const loggedTarget = tried[0] ?? '';
  const changed =
    path === ''
      ? loggedTarget === ''
        ? !(refused && target === '')
        : loggedTarget !== target
      : path !== pathText(decision.path) || targets.join() !== logged.join();
  return { target, changed, cost: costAlone(record, target, loggedTarget, changed, refused) };
}

function costAlone(
  record: RequestRecord,
  target: string,
  logged: string,
  changed: boolean,
  refused: boolean,
) {
  if (!changed || (target !== '' && target === logged && record['cost.nano_usd'] !== null)) {
    return record['cost.nano_usd'] ?? (refused ? 0 : null);
  }
  if (target === '') return 0;
  const usage = usageOfColumns(record);
  if (usage === null || record['usage.source'] === 'none') return null;
  const price = priceOf(priceBook, target);
  // Another model serves in the standard way where its price does not know the way the logged one served.
  const { serviceTier = '', ...standard } = usage;
  const kept = target === logged || price?.modes[serviceTier] !== undefined;
  const cost = costOf(kept ? usage : standard, price, record['time.at'] ?? undefined);
  return cost === 'unpriced' ? null : cost;
}

function loggedUnder(plan: Plan, record: RequestRecord, row: number): RequestRecord {
  const decision = decide(plan, signalsFrom(record));
  const targets = targetsOf(decision);
  const refused = decision.attempts[0]?.kind === 'refuse';
  return {
    ...record,
    id: `r${row}`,
    'decision.path': pathText(decision.path),
    'decision.targets': targets,
    'outcome.status': refused ? 'refused' : 'served',
    'outcome.target': targets[0] ?? '',
  };
}

function inOrder(rows: readonly RequestRecord[]): readonly RequestRecord[] {
  const at = (record: RequestRecord) => record['time.at'] ?? Number.MAX_SAFE_INTEGER;
  return rows.toSorted((left, right) => at(left) - at(right));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
