import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Decision, decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import { type RequestRecord, signalsFrom } from '#engine/signals/index.ts';
import { columnsFromRecords, SimulationResult, sameTokens, simulate } from '#engine/simulate/index.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';
import { someRecords } from './arbitrary-record.ts';
import { lawModels, lawPlan } from './law-world.ts';
import { decideInOrder, judgedAt, outputOf, pricedAt, targetOf } from './replay-in-order.ts';

const records = someRecords(600, 7);
const columns = columnsFromRecords(records);
const { catalogue, priceBook } = lawModels;
const book = { priceBook, catalogue, seed: 5 };
const asLogged = { ...book, estimates: sameTokens };
const runs = { numRuns: 25, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };
const baselines = fc.option(arbitraryPolicy, { nil: null, freq: 3 });

describe('a what-if', () => {
  it('of a policy against itself changes nothing', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        const plan = lawPlan(policy);
        const result = simulate({ columns, candidate: plan, baseline: plan, parts: 'totals', ...book });
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
        const result = simulate({ columns: log, candidate: plan, baseline: null, parts: 'totals', ...book });
        expect(result.changed).toBe(0);
        expect(result.evidence.observed).toBe(records.length);
        const { before, after, low, high } = result.cost_nano_usd;
        expect([after, low, high]).toEqual([before, before, before]);
        expect(before).toBe(sum(records.map((record) => record['cost.nano_usd'] ?? 0)));
      }),
      { ...runs, numRuns: 15 },
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
        const result = simulate({ columns, candidate: plan, baseline: null, parts: 'totals', ...asLogged });
        const rows = decideInOrder(plan, ordered, priceBook).map((decision, row) =>
          rowAlone(plan, decision, row),
        );
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
      { ...runs, numRuns: 40 },
    );
  });

  it('gives the same answer again, to the last digit', () => {
    fc.assert(
      fc.property(arbitraryPolicy, baselines, (policy, base) => {
        const again = columnsFromRecords(records);
        const one = { candidate: lawPlan(policy), baseline: base && lawPlan(base), ...book };
        expect(simulate({ columns: again, ...one })).toEqual(simulate({ columns, ...one }));
      }),
      { ...runs, numRuns: 10 },
    );
  });
});

const ordered = inOrder(records);

/** What one row costs under a plan, said plainly. */
function rowAlone(plan: Plan, decision: Decision, row: number) {
  const record = ordered[row]!;
  const first = decision.attempts[0]!;
  const target = first.kind === 'call' ? first.target : '';
  const targets = targetsOf(decision);
  const path = record['decision.path'];
  const refused = record['outcome.status'] === 'refused';
  const loggedTarget = targetOf(record);
  const isSame =
    path === ''
      ? loggedTarget === ''
        ? refused && target === ''
        : loggedTarget === target
      : path === pathText(decision.path) && targets.join() === record['decision.targets'].join();
  const cap = first.kind === 'call' ? (first.changes.parameters.max_output_tokens ?? null) : null;
  const isCut = cap !== null && outputOf(record) > cap && record['decision.hash'] !== plan.hash;
  const alone = costAlone(record, target, { isSame, cut: isCut ? cap : null });
  const cost = isSame || alone === null ? alone : plusFurther(alone, decision, record);
  return { target, changed: !isSame || isCut, cost };
}

function costAlone(
  record: RequestRecord,
  target: string,
  { isSame, cut }: { readonly isSame: boolean; readonly cut: number | null },
): number | null {
  const logged = targetOf(record);
  const cost = record['cost.nano_usd'];
  if (isSame && cut === null) return cost ?? (record['outcome.status'] === 'refused' ? 0 : null);
  if (target === '') return 0;
  if (target === logged && cost !== null && cut === null) return cost;
  return pricedAt(record, target, logged, priceBook) === null
    ? null
    : pricedAt(record, target, logged, priceBook, cut);
}

/** Judges are asked of every answer, and every other answer is not accepted. */
function plusFurther(cost: number, { attempts }: Decision, record: RequestRecord): number | null {
  const [first] = attempts;
  if (first?.kind !== 'call' || first.accept === null) return cost;
  const logged = targetOf(record);
  const next = attempts[first.moves.rejected ?? -1];
  const judged = first.accept.judges.map(({ target }) =>
    pricedAt(record, target, logged, priceBook) === null ? null : judgedAt(record, target, priceBook),
  );
  const again = next?.kind === 'call' ? [pricedAt(record, next.target, logged, priceBook)] : [];
  if ([...judged, ...again].includes(null)) return null;
  return cost + sum(judged.map((one) => one ?? 0)) + sum(again.map((one) => Math.round(0.5 * (one ?? 0))));
}

function loggedUnder(plan: Plan, record: RequestRecord, row: number): RequestRecord {
  const decision = decide(plan, signalsFrom(record));
  const targets = targetsOf(decision);
  const refused = decision.attempts[0]?.kind === 'refuse';
  return {
    ...record,
    id: `r${row}`,
    'decision.hash': plan.hash,
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
