import type { LatencyCurve, SimulationResult } from '../result.ts';

type Numbers = { readonly [name: string]: unknown };

/** Rows with one key become one: numbers are added, two levels deep; `at` and truths are of the first, but `small` of both. */
export function addRows<R extends Numbers>(
  left: readonly R[],
  right: readonly R[],
  keyOf: (row: R) => string,
): R[] {
  const rows = new Map(left.map((row) => [keyOf(row), row]));
  for (const row of right) {
    const known = rows.get(keyOf(row));
    rows.set(keyOf(row), known === undefined ? row : addFields(known, row));
  }
  return [...rows.values()];
}

function addFields<R extends Numbers>(left: R, right: R): R {
  const added = Object.entries(left).map(([name, value]) => {
    const other = right[name];
    if (name === 'at') return [name, value];
    if (name === 'small') return [name, value === true && other === true];
    if (typeof value === 'number' && typeof other === 'number') return [name, value + other];
    if (isNumbers(value) && isNumbers(other)) return [name, addFields(value, other)];
    return [name, value];
  });
  return Object.fromEntries(added) as R;
}

function isNumbers(value: unknown): value is Numbers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Counted =
  | 'records'
  | 'changed'
  | 'evidence'
  | 'cost_nano_usd'
  | 'without_cost'
  | 'refused'
  | 'errors'
  | 'fallbacks'
  | 'cache';

export function addCounts(left: SimulationResult, right: SimulationResult): Pick<SimulationResult, Counted> {
  const pick = ({
    records,
    changed,
    evidence,
    cost_nano_usd,
    without_cost,
    refused,
    errors,
    fallbacks,
    cache,
  }: SimulationResult) => ({
    records,
    changed,
    evidence,
    cost_nano_usd,
    without_cost,
    refused,
    errors,
    fallbacks,
    cache,
  });
  return addFields(pick(left), pick(right));
}

/** Means of means, each with the requests or the cost that it is over. */
export function mergeMeans(
  left: SimulationResult,
  right: SimulationResult,
): Pick<SimulationResult, 'latency_ms' | 'coverage'> {
  const latency = (side: 'before' | 'after') => {
    const weigh = ({ latency: curves, records }: SimulationResult) => curves[side].requests || records;
    return mean(left.latency_ms[side], weigh(left), right.latency_ms[side], weigh(right));
  };
  const cost = ({ cost_nano_usd: { before } }: SimulationResult) => before;
  return {
    latency_ms: { before: latency('before'), after: latency('after') },
    coverage: {
      requests: mean(left.coverage.requests, left.records, right.coverage.requests, right.records) ?? 1,
      cost: Math.min(1, mean(left.coverage.cost, cost(left), right.coverage.cost, cost(right)) ?? 1),
    },
  };
}

function mean(
  left: number | null,
  leftWeight: number,
  right: number | null,
  rightWeight: number,
): number | null {
  if (left === null) return right;
  if (right === null) return left;
  const weight = leftWeight + rightWeight;
  return weight === 0 ? left : (left * leftWeight + right * rightWeight) / weight;
}

/** Bins are added; quantiles are read off them, within a bin in proportion. */
export function mergeCurves(left: LatencyCurve, right: LatencyCurve): LatencyCurve {
  if (left.requests === 0) return right;
  if (right.requests === 0) return left;
  const bins = addBins(left.bins, right.bins);
  const at = (share: number) => quantile(bins, share);
  return {
    requests: left.requests + right.requests,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    bins,
  };
}

function addBins(left: LatencyCurve['bins'], right: LatencyCurve['bins']): LatencyCurve['bins'] {
  const counts = new Map<number | null, number>();
  for (const { up_to_ms, requests } of [...left, ...right])
    counts.set(up_to_ms, (counts.get(up_to_ms) ?? 0) + requests);
  return [...counts]
    .map(([up_to_ms, requests]) => ({ up_to_ms, requests }))
    .sort(
      (one, other) =>
        (one.up_to_ms ?? Number.POSITIVE_INFINITY) - (other.up_to_ms ?? Number.POSITIVE_INFINITY),
    );
}

function quantile(bins: LatencyCurve['bins'], share: number): number | null {
  const total = bins.reduce((sum, { requests }) => sum + requests, 0);
  let [below, start] = [0, 0];
  for (const { up_to_ms, requests } of bins) {
    if (requests > 0 && below + requests >= share * total)
      return up_to_ms === null ? start : start + (up_to_ms - start) * ((share * total - below) / requests);
    below += requests;
    start = up_to_ms ?? start;
  }
  return null;
}

const mostAffected = 20;

/** Sessions and keys that are in both lists are one; the farthest of each kind stay. */
export function mergeAffected(
  left: SimulationResult['winners'],
  right: SimulationResult['winners'],
): SimulationResult['winners'] {
  const rows = addRows(left, right, ({ by, value }) => `${by}\n${value}`).sort(
    (one, other) =>
      Math.abs(other.cost_after - other.cost_before) - Math.abs(one.cost_after - one.cost_before),
  );
  return (['session', 'key'] as const).flatMap((by) =>
    rows.filter((row) => row.by === by).slice(0, mostAffected),
  );
}

const mostChanges = 200;

export function mergeChanges(
  left: SimulationResult['changes'],
  right: SimulationResult['changes'],
): SimulationResult['changes'] {
  const sizeOf = ({ cost_before, cost_after }: SimulationResult['changes'][number]) =>
    cost_before === null || cost_after === null ? -1 : Math.abs(cost_after - cost_before);
  return [...left, ...right].sort((one, other) => sizeOf(other) - sizeOf(one)).slice(0, mostChanges);
}
