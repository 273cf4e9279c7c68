import type { Catalogue, PriceBook } from '../../catalogue/index.ts';
import type { Plan } from '../../plan/index.ts';
import { acceptanceIn } from '../acceptance.ts';
import type { BinTotals } from '../accumulate.ts';
import { type Bin, makeBin, targetsIn } from '../bins.ts';
import { breakDownByBranch, breakDownByNode } from '../branches.ts';
import { breakDownByTarget, countTransitions } from '../breakdowns.ts';
import type { SimulatedBudget } from '../clock/budget.ts';
import type { Incident } from '../clock/incident.ts';
import type { RecordColumns } from '../columns.ts';
import { type CountedRows, countRows } from '../count-rows.ts';
import { countEdges } from '../edges.ts';
import type { Estimates } from '../estimate/estimates.ts';
import { makeEstimator } from '../estimate/estimator.ts';
import { fitEstimates } from '../estimate/fit-estimates.ts';
import { prepareRecords } from '../prepare-records.ts';
import { makePriceTable, type PriceTable } from '../price-table.ts';
import type { SimulationResult } from '../result.ts';
import { type DecidedGroups, decideGroups } from './decide-groups.ts';
import { type GroupCosts, makeGroupCosts, type Priced } from './group-costs.ts';
import { type Grouping, makeGrouper } from './grouping.ts';
import { type PoolAnswers, predicatesOf } from './predicates.ts';

/** The part of a what-if that a session tells: counts and money, as `simulate` would. */
export type SessionResult = CountedRows &
  Pick<
    SimulationResult,
    'records' | 'by_target' | 'by_edge' | 'by_node' | 'by_branch' | 'transitions' | 'policy_hash'
  > & { readonly cost_nano_usd: { readonly before: number; readonly after: number } };

export type SessionAnswer =
  | { readonly kind: 'told'; readonly result: SessionResult }
  /** Only `simulate` can tell; `why` is a sentence. */
  | { readonly kind: 'full_pass'; readonly why: string };

export interface SimulationSession {
  readonly ask: (candidate: Plan, baseline: Plan | null) => SessionAnswer;
}

export interface SessionWorld {
  readonly columns: RecordColumns;
  readonly priceBook: PriceBook;
  readonly catalogue: Catalogue;
  /** As of a what-if; a session leaves out what moves do to prompt caches, which hangs on the order of rows. */
  readonly estimates?: Estimates;
  /** With any, only a full pass can tell. */
  readonly incidents?: readonly Incident[];
  readonly budgets?: readonly SimulatedBudget[];
}

/** Opens a session over a record set: the same question as `simulate` answers, asked again after every edit. */
export function openSession(world: SessionWorld): SimulationSession {
  const { columns, incidents = [], budgets = [] } = world;
  const facts = prepareRecords(columns);
  const grouper = makeGrouper(facts);
  const pools: PoolAnswers = new Map();
  const costs = new WeakMap<Grouping, GroupCosts>();
  const acceptance = acceptanceIn(columns);
  const estimates = world.estimates ?? fitEstimates(columns, world.catalogue);
  const estimator = makeEstimator(estimates, world.catalogue, facts.tasks.names);
  const prices = growingTable(world.priceBook);
  return {
    ask: (candidate, baseline) => {
      if (incidents.length > 0 || budgets.length > 0)
        return fullPass('Incidents and budgets depend on the requests before.');
      const plans = baseline === null ? [candidate] : [candidate, baseline];
      if (plans.some(({ limits }) => limits.length > 0))
        return fullPass('Limits depend on the requests before.');
      const asked = plans.map((plan) => predicatesOf(plan, columns, pools));
      const [after, before = null] = asked;
      if (after === undefined || before === undefined || (baseline !== null && before === null))
        return fullPass('A pool orders its candidates in too many ways.');
      const grouping = grouper.group(baseline === null ? after.all : [...after.all, ...(before?.all ?? [])]);
      if (grouping === undefined) return fullPass('The conditions tell too many kinds of requests apart.');
      const table = prices(plans);
      const pricing = { carry: estimator.carry, lineOf: table.lineOf, acceptance };
      const binned = binGroups({
        grouping,
        after: decideGroups(candidate, after, grouping),
        before: baseline === null || before === null ? null : decideGroups(baseline, before, grouping),
        makeBin: (...decisions) => makeBin(...decisions, pricing),
        logged: facts.logged.decisions,
      });
      const own = costs.get(grouping) ?? makeGroupCosts(grouping, facts);
      costs.set(grouping, own);
      return { kind: 'told', result: tell(candidate, plans, binned, own, table, columns.length, grouping) };
    },
  };
}

function fullPass(why: string): SessionAnswer {
  return { kind: 'full_pass', why };
}

/** A price table to which targets are only added, so that the lines of those before stay as they are. */
function growingTable(priceBook: PriceBook): (plans: readonly Plan[]) => PriceTable {
  const known = new Set<string>();
  let table = makePriceTable(priceBook, known);
  return (plans) => {
    const size = known.size;
    for (const target of plans.flatMap(targetsIn)) known.add(target);
    if (known.size > size) table = makePriceTable(priceBook, known);
    return table;
  };
}

interface Ungrouped {
  readonly grouping: Grouping;
  readonly after: DecidedGroups;
  readonly before: DecidedGroups | null;
  readonly makeBin: (after: Bin['after'], before: Bin['after'] | null, logged: Bin['logged']) => Bin;
  readonly logged: readonly Bin['logged'][];
}

interface Binned {
  readonly bins: readonly Bin[];
  /** By group. */
  readonly codes: Int32Array;
}

/** Groups with the same decisions are one bin. */
function binGroups({ grouping, after, before, makeBin: make, logged }: Ungrouped): Binned {
  const bins: Bin[] = [];
  const known = new Map<number, number>();
  const codes = new Int32Array(grouping.count);
  const beforeSize = before?.decisions.length ?? 1;
  for (let group = 0; group < grouping.count; group += 1) {
    const [decided, was, recorded] = [
      after.codes[group] ?? 0,
      before?.codes[group] ?? 0,
      grouping.logged[group] ?? 0,
    ];
    const key = (decided * beforeSize + was) * logged.length + recorded;
    let bin = known.get(key);
    if (bin === undefined) {
      bin =
        bins.push(
          make(
            after.decisions[decided] as Bin['after'],
            before?.decisions[was] ?? null,
            logged[recorded] as Bin['logged'],
          ),
        ) - 1;
      known.set(key, bin);
    }
    codes[group] = bin;
  }
  return { bins, codes };
}

function tell(
  candidate: Plan,
  plans: readonly Plan[],
  { bins, codes }: Binned,
  costs: GroupCosts,
  table: PriceTable,
  records: number,
  grouping: Grouping,
): SessionResult {
  const priced = (side: Priced['side']) =>
    costs.of(
      Array.from(codes, (bin, group) => ({ group, bin: bins[bin] as Bin, side })),
      table,
    );
  const totals: BinTotals = {
    rows: sumByBin(codes, bins.length, grouping.rows),
    before: sumByBin(codes, bins.length, priced('beforeRule')),
    after: sumByBin(codes, bins.length, priced('afterRule')),
  };
  return {
    records,
    ...countRows(bins, totals.rows),
    cost_nano_usd: { before: sum(totals.before), after: sum(totals.after) },
    by_target: breakDownByTarget(bins, totals),
    by_edge: countEdges(bins, totals, plans),
    by_node: breakDownByNode(bins, totals),
    by_branch: breakDownByBranch(bins, totals),
    transitions: countTransitions(bins, totals),
    policy_hash: candidate.hash,
  };
}

function sumByBin(codes: Int32Array, size: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(size);
  for (let group = 0; group < codes.length; group += 1)
    sums[codes[group] as number] = (sums[codes[group] as number] as number) + (values[group] as number);
  return sums;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
