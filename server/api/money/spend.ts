import { type calls, mayIn, type QueryOf } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { askUsage, scopeOf, totalOf } from '../../governance/billing/ask-spend.ts';
import { overviewOf } from '../../governance/billing/overview.ts';
import type { UsageRow } from '../../store/usage/usage-query.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireCompiles } from '../policies/policies.ts';
import { resolveForPlan } from '../policies/resolve-reference.ts';

/** Hours of more than so many days would be more rows than anybody reads. */
const longestWindowMs = 3 * 366 * 86_400_000;

export const readSpend: Handler<typeof calls.readSpend> = async (
  { query: { by, grain, limit, ...window }, principal },
  { log, clock },
) => {
  const scope = scopeOf(window, principal, clock());
  requireWindow(scope);
  await log.flush();
  const rows = await askUsage(log, scope, { by, grain: grain ?? null });
  const total = totalOf(by.includes('tag') ? await askUsage(log, scope) : rows);
  const sorted = rows.toSorted(dearestFirst);
  const kept = sorted.slice(0, limit);
  const left = sorted.slice(limit);
  return {
    from: scope.from,
    to: scope.to,
    zone: scope.zone,
    total,
    rows: (grain === undefined ? kept : kept.toSorted(inTime)).map((row) => ({
      ...row,
      values: [...row.values],
    })),
    rest: left.length === 0 ? null : { rows: left.length, ...totalOf(left) },
  };
};

export const readSpendOverview: Handler<typeof calls.readSpendOverview> = async (
  { query, principal },
  { log, clock, catalogue, priceBook },
) => {
  const scope = scopeOf(query, principal, clock());
  requireWindow(scope);
  await log.flush();
  const overview = await overviewOf(scope, { log, catalogue, priceBook, now: clock() });
  const { from, to, zone } = scope;
  return { from, to, zone, ...overview };
};

export const compareSpend: Handler<typeof calls.compareSpend> = async (
  { query, principal },
  installation,
) => {
  if (!mayIn(principal, 'spend.read', null)) {
    throw new ApiFailure(
      403,
      'not_permitted',
      'A comparison replays the requests of every team, and your roles hold in some teams only.',
    );
  }
  const { log, clock, simulator } = installation;
  const scope = scopeOf({ ...query, zone: 'UTC', policy: undefined, version: undefined }, principal, clock());
  requireWindow(scope);
  const reference =
    query.version === undefined ? { id: query.policy } : { id: query.policy, version: query.version };
  const candidate = resolveForPlan(reference, installation);
  requireCompiles(candidate.policy, installation);
  const { from, to } = scope;
  const looked = lookedAt(query, installation);
  const result = await simulator.simulate({ candidate, baseline: looked, window: { from, to } });
  const helpers = await askUsage(log, scope, { by: ['purpose'] });
  const routing = totalOf(
    helpers.filter(({ values: [purpose] }) => purpose === 'classifier' || purpose === 'judge'),
  ).costNanoUsd;
  const { before, after: cost, low, high } = result.cost_nano_usd;
  // A replay tells models' costs; what its routing would cost is charged as it was, so that savings are not too large.
  const actual = looked === null ? before : before + routing;
  return {
    from,
    to,
    policy: query.policy,
    requests: result.records,
    actual,
    routing,
    other: { cost, low, high },
    saved: { net: cost - actual, low: low - actual, high: high - actual, gross: cost - (actual - routing) },
    coverage: result.coverage.requests,
    assumptions: [...result.assumptions],
  };
};

/** The policy looked at; `null` is what was served. @throws {ApiFailure} */
function lookedAt(
  { looked, looked_version: version }: QueryOf<typeof calls.compareSpend>,
  installation: Installation,
) {
  if (looked === undefined) return null;
  const found = resolveForPlan(
    version === undefined ? { id: looked } : { id: looked, version },
    installation,
  );
  requireCompiles(found.policy, installation);
  return found;
}

/** @throws {ApiFailure} `invalid_request`. */
export function requireWindow({ from, to }: { readonly from: number; readonly to: number }): void {
  const problem =
    from >= to
      ? `The window ends (to: ${to}) before it begins (from: ${from}).`
      : to - from > longestWindowMs
        ? 'The window is longer than three years; ask for a shorter one.'
        : null;
  if (problem !== null) throw new ApiFailure(400, 'invalid_request', problem);
}

function dearestFirst(a: UsageRow, b: UsageRow): number {
  return b.costNanoUsd - a.costNanoUsd || b.requests - a.requests || inTime(a, b);
}

function inTime(a: UsageRow, b: UsageRow): number {
  const [left, right] = [a, b].map(({ bucket, values }) => JSON.stringify([bucket, values]));
  return (left ?? '') < (right ?? '') ? -1 : 1;
}
