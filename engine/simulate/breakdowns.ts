import type { BinTotals, BucketTotals } from './accumulate.ts';
import type { Bin } from './bins.ts';
import type { RecordFacts } from './prepare-records.ts';
import type { SimulationResult } from './result.ts';

/** Requests and cost by first target; the target "" holds what was refused, so that the rows add up to the totals. */
export function breakDownByTarget(bins: readonly Bin[], totals: BinTotals): SimulationResult['by_target'] {
  const rows = new Map<string, SimulationResult['by_target'][number]>();
  const rowOf = (target: string) => {
    const known = rows.get(target);
    if (known !== undefined) return known;
    const fresh = { target, requests_before: 0, requests_after: 0, cost_before: 0, cost_after: 0 };
    rows.set(target, fresh);
    return fresh;
  };
  for (const [index, bin] of bins.entries()) {
    const requests = totals.rows[index] ?? 0;
    if (requests === 0) continue;
    const [before, after] = [rowOf(bin.before.target), rowOf(bin.after.target)];
    before.requests_before += requests;
    before.cost_before += totals.before[index] ?? 0;
    after.requests_after += requests;
    after.cost_after += totals.after[index] ?? 0;
  }
  return [...rows.values()].sort(
    (left, right) =>
      right.requests_before + right.requests_after - (left.requests_before + left.requests_after) ||
      compareText(left.target, right.target),
  );
}

/** How many requests go from which first target to which, those that stay included. */
export function countTransitions(bins: readonly Bin[], totals: BinTotals): SimulationResult['transitions'] {
  const rows = new Map<string, SimulationResult['transitions'][number]>();
  for (const [index, bin] of bins.entries()) {
    const requests = totals.rows[index] ?? 0;
    if (requests === 0) continue;
    const key = `${bin.before.target}\n${bin.after.target}`;
    const row = rows.get(key) ?? {
      from: bin.before.target,
      to: bin.after.target,
      requests: 0,
      cost_delta: 0,
    };
    row.requests += requests;
    row.cost_delta += (totals.after[index] ?? 0) - (totals.before[index] ?? 0);
    rows.set(key, row);
  }
  return [...rows.values()].sort(
    (left, right) =>
      right.requests - left.requests || compareText(left.from, right.from) || compareText(left.to, right.to),
  );
}

export function breakDownByTeam(facts: RecordFacts, totals: BucketTotals): SimulationResult['by_team'] {
  const rows = sumBuckets(facts, totals, ({ team }) => team);
  return [...rows]
    .map(([team, { requests, changed, before, after }]) => ({
      team,
      requests,
      changed,
      cost_before: before,
      cost_after: after,
    }))
    .sort((left, right) => right.requests - left.requests || compareText(left.team, right.team));
}

export function breakDownByDay(facts: RecordFacts, totals: BucketTotals): SimulationResult['by_day'] {
  const rows = sumBuckets(facts, totals, ({ day }) => day);
  return [...rows]
    .map(([day, { requests, before, after }]) => ({
      day,
      requests,
      cost_before: before,
      cost_after: after,
      low: after,
      high: after,
    }))
    .sort((left, right) => compareText(left.day, right.day));
}

interface Sums {
  requests: number;
  changed: number;
  before: number;
  after: number;
}

function sumBuckets(
  { bucketNames, bucketTotals }: RecordFacts,
  totals: BucketTotals,
  nameOf: (bucket: RecordFacts['bucketNames'][number]) => string,
): ReadonlyMap<string, Sums> {
  const rows = new Map<string, Sums>();
  for (const [index, bucket] of bucketNames.entries()) {
    const requests = bucketTotals.rows[index] ?? 0;
    if (requests === 0) continue;
    const name = nameOf(bucket);
    const row = rows.get(name) ?? { requests: 0, changed: 0, before: 0, after: 0 };
    row.requests += requests;
    row.changed += totals.changed[index] ?? 0;
    row.before += totals.before[index] ?? 0;
    row.after += totals.after[index] ?? 0;
    rows.set(name, row);
  }
  return rows;
}

export function compareText(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
