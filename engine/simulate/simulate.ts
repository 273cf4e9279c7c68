import type { Catalogue, PriceBook } from '../catalogue/index.ts';
import type { Plan } from '../plan/index.ts';
import { acceptanceIn } from './acceptance.ts';
import { accumulate, type BinTotals, type Totals } from './accumulate.ts';
import { describeAssumptions } from './assumptions.ts';
import { type Bins, isTold, makeBins, targetsIn } from './bins.ts';
import { breakDownByBranch, breakDownByNode } from './branches.ts';
import { breakDownByDay, breakDownByTarget, breakDownByTeam, countTransitions } from './breakdowns.ts';
import { capRows } from './cap-rows.ts';
import { describeChanges } from './changed-decisions.ts';
import type { SimulatedBudget } from './clock/budget.ts';
import type { Incident } from './clock/incident.ts';
import { rehearse } from './clock/rehearse.ts';
import { stageIncidents } from './clock/stage.ts';
import { type Rehearsal, withOutcomes } from './clock/tell-outcomes.ts';
import type { RecordColumns } from './columns.ts';
import { countRows } from './count-rows.ts';
import { countEdges } from './edges.ts';
import { cacheShift } from './estimate/cache/cache-shift.ts';
import type { Estimates } from './estimate/estimates.ts';
import { type Estimator, makeEstimator } from './estimate/estimator.ts';
import { expectFailures } from './estimate/expect-failures.ts';
import { fitEstimates } from './estimate/fit-estimates.ts';
import { latencyCurve } from './estimate/latency-curve.ts';
import { cacheOf, withRestated } from './estimate/side-effects.ts';
import { decidedLatency, latencies, loggedLatency } from './latency.ts';
import { notTold } from './not-told.ts';
import { prepareRecords, type RecordFacts } from './prepare-records.ts';
import { makePriceTable, type PriceTable } from './price-table.ts';
import { replayLimits } from './replay-limits.ts';
import { boundsOfChange } from './resample.ts';
import type { SimulationResult } from './result.ts';
import { routeColumns } from './route.ts';
import { rowCosts } from './row-costs.ts';
import { breakDown } from './segments/break-down.ts';
import { type Uncertainty, uncertaintyOf } from './uncertain-bins.ts';

export interface WhatIf {
  readonly columns: RecordColumns;
  readonly candidate: Plan;
  /** `null` compares with the decisions and costs that the log itself holds. */
  readonly baseline: Plan | null;
  readonly priceBook: PriceBook;
  readonly catalogue: Catalogue;
  /** Seeds the resampling: the same inputs and seed give the same result to the last digit. */
  readonly seed: number;
  /** What is known of targets; left out, what this record set itself teaches. */
  readonly estimates?: Estimates;
  /** What goes wrong meanwhile; see `clock/incident.ts`. */
  readonly incidents?: readonly Incident[];
  /** Money that may be spent; left out, budgets are as the log saw them. */
  readonly budgets?: readonly SimulatedBudget[];
  /** `totals` leaves segments, winners, losers and the bounds of days out, which takes less time. */
  readonly parts?: 'totals' | 'everything';
}

/**
 * Replays a record set under a candidate policy and compares it with a baseline: what would have been decided, and what
 * it would have cost. Costs are whole nano-dollars; see the README for how each row's cost is told and how far it can
 * be trusted. Pure, deterministic, and never throws for plans and columns that were made by this engine.
 */
export function simulate(whatIf: WhatIf): SimulationResult {
  const replay = replayRecords(whatIf);
  return { ...report(replay), ...(whatIf.parts === 'totals' ? {} : detail(replay)) };
}

/** A what-if carried out, from which a result is told, and the changed decisions one by one. */
export interface Replay {
  /** With the traffic and prices of its incidents. */
  readonly whatIf: WhatIf;
  /** Hash of the record set as it was given, before incidents changed it. */
  readonly recordsHash: string;
  readonly facts: RecordFacts;
  readonly bins: Bins;
  readonly table: PriceTable;
  readonly uncertainties: readonly Uncertainty[];
  readonly plans: readonly Plan[];
  readonly estimates: Estimates;
  readonly estimator: Estimator;
  /** `null` without incidents and budgets. */
  readonly rehearsal: Rehearsal | null;
}

export function replayRecords(asked: WhatIf): Replay {
  const whatIf = stageIncidents(asked, asked.incidents ?? []);
  const { columns, candidate, baseline, priceBook, catalogue } = whatIf;
  const facts = prepareRecords(columns);
  const plans = baseline === null ? [candidate] : [candidate, baseline];
  const table = makePriceTable(priceBook, plans.flatMap(targetsIn));
  const { rehearsal, routed } = rehearse(whatIf, facts, table);
  const route = (plan: Plan) =>
    capRows(
      routed.get(plan) ?? routeColumns(plan, columns, replayLimits(plan, columns, facts, table)),
      columns,
      plan.hash,
    );
  const estimates = whatIf.estimates ?? fitEstimates(columns, catalogue);
  const estimator = makeEstimator(estimates, catalogue, facts.tasks.names);
  const binned = makeBins(route(candidate), baseline === null ? null : route(baseline), facts.logged, {
    carry: estimator.carry,
    lineOf: table.lineOf,
    acceptance: acceptanceIn(columns),
  });
  const bins = {
    ...binned,
    shifts: shiftsOf({ columns, facts, bins: binned, table, catalogue }, whatIf, estimates),
  };
  const uncertainties = bins.bins.map((bin) => uncertaintyOf(bin, candidate, table, estimator.carry));
  const recordsHash = asked.columns.hash;
  return { whatIf, recordsHash, facts, bins, table, uncertainties, plans, estimates, estimator, rehearsal };
}

/** What moves do to prompt caches, on each side. */
function shiftsOf(
  world: Parameters<typeof cacheShift>[0],
  { baseline }: WhatIf,
  { caching }: Estimates,
): NonNullable<Bins['shifts']> {
  return {
    beforeRule: caching && baseline !== null ? cacheShift(world, 'beforeRule') : null,
    afterRule: caching ? cacheShift(world, 'afterRule') : null,
  };
}

/** What takes passes over the rows of its own. */
function detail(replay: Replay): ReturnType<typeof breakDown> & Pick<SimulationResult, 'latency'> {
  const { whatIf, facts, bins, estimates } = replay;
  const latencyOf = latencies(facts, whatIf.catalogue, estimates);
  const curve = (side: 'before' | 'after') => latencyCurve(side, bins, facts, latencyOf);
  const latency = { before: curve('before'), after: curve('after') };
  return {
    latency,
    ...breakDown({
      columns: whatIf.columns,
      facts,
      bins,
      costs: rowCosts(replay),
      seed: whatIf.seed,
    }),
  };
}

/** The result but for what takes passes over the rows of its own. */
export function report(replay: Replay): SimulationResult {
  const result = reportColumns(replay);
  return replay.rehearsal === null ? result : withOutcomes(result, replay.rehearsal, replay.facts);
}

function reportColumns(replay: Replay): SimulationResult {
  const { facts, bins, table, plans, estimates } = replay;
  const { columns, candidate, baseline, priceBook, catalogue, seed } = replay.whatIf;
  const totals = accumulate(replay);
  const { byBin } = totals;
  const latencyOf = latencies(facts, catalogue, estimates);
  const counted = countRows(bins.bins, byBin.rows);
  const head = {
    records: columns.length,
    ...counted,
    evidence: withRestated(
      counted.evidence,
      (bin) => bins.bins[bin]?.afterRule.evidence ?? 'unknown',
      bins.shifts?.afterRule ?? null,
    ),
    seed,
    policy_hash: candidate.hash,
    baseline_hash: baseline?.hash ?? '',
    records_hash: replay.recordsHash,
    price_book: priceBook.version,
  };
  return {
    ...notTold(),
    ...head,
    ...expectFailures(bins, byBin.rows, estimates),
    cache: cacheOf(bins.shifts ?? { beforeRule: null, afterRule: null }, facts.cacheReads()),
    cost_nano_usd: costsOf(totals, seed),
    latency_ms: {
      before:
        baseline === null
          ? loggedLatency(facts)
          : decidedLatency('before', bins, byBin.rows, facts, latencyOf),
      after: decidedLatency('after', bins, byBin.rows, facts, latencyOf),
    },
    by_target: breakDownByTarget(bins.bins, byBin),
    coverage: coverageOf(bins, byBin, columns.length),
    by_node: breakDownByNode(bins.bins, byBin),
    by_branch: breakDownByBranch(bins.bins, byBin),
    by_edge: countEdges(bins.bins, byBin, plans),
    transitions: countTransitions(bins.bins, byBin),
    by_team: breakDownByTeam(facts, totals.byBucket),
    by_day: breakDownByDay(facts, totals.byBucket),
    changes: describeChanges(totals.largest, columns, facts, bins, table),
    assumptions: describeAssumptions(head, facts, plans, bins.bins, estimates),
  };
}

function coverageOf({ bins }: Bins, totals: BinTotals, records: number): SimulationResult['coverage'] {
  let told = 0;
  let cost = 0;
  for (const [index, bin] of bins.entries()) {
    if (!isTold(bin)) continue;
    told += totals.rows[index] ?? 0;
    cost += totals.before[index] ?? 0;
  }
  const all = sum(totals.before);
  return { requests: records === 0 ? 1 : told / records, cost: all === 0 ? 1 : cost / all };
}

function costsOf({ byBin, byGroup }: Totals, seed: number): SimulationResult['cost_nano_usd'] {
  const before = sum(byBin.before);
  const after = sum(byBin.after);
  const { low, high } = boundsOfChange(byGroup, before, seed);
  return { before, after, low: Math.min(low, after), high: Math.max(high, after) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
