import type { Forecast } from '../../contract/forecasts.ts';
import type { calls, KeptSimulation } from '../../contract/index.ts';
import type { StoredVersion } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { findPolicy } from '../policies/policies.ts';
import { requireIn } from '../require-in.ts';
import type { Happened } from '../what-if/simulation-outcome.ts';

/** What a version does in its first two weeks is held against its forecast; later other things weigh more. */
const watchedMs = 14 * 24 * 3_600_000;
/** Below so many requests with a known cost their mean says little. */
export const fewestRequests = 100;
/** Forecasts are compared for so many versions, the newest; each reads its part of the log. */
const mostForecasts = 10;
/** Windows end on whole minutes, so that asking again within one reads nothing anew. */
const minuteMs = 60_000;

export const readForecasts: Handler<typeof calls.readForecasts> = async (
  { params: { id }, principal },
  installation,
) => {
  requireIn(principal, 'traffic.read', null);
  findPolicy(installation.store.read(), id);
  const versions = installation.store
    .read()
    .versions.filter((one) => one.policyId === id && one.simulation !== undefined)
    .sort((left, right) => right.version - left.version)
    .slice(0, mostForecasts);
  const forecasts: Forecast[] = [];
  for (const version of versions) forecasts.push(await forecastOf(version, installation));
  return { forecasts, fewest: fewestRequests };
};

async function forecastOf(version: StoredVersion, installation: Installation): Promise<Forecast> {
  const { simulations, simulator, clock } = installation;
  const kept = await simulations.find(version.simulation ?? '');
  const from = Date.parse(version.at);
  const now = Math.ceil((clock() + 1) / minuteMs) * minuteMs;
  const to = Math.min(from + watchedMs, now);
  const happened =
    kept === undefined
      ? null
      : await simulator.happened({ from, to }, version.hash, beforeOf(kept, installation));
  return compareForecast(version, kept, happened, { from, to: Math.min(to, clock()) });
}

/** What the candidate was compared with, to count again how many requests it decides otherwise. */
function beforeOf({ baseline }: KeptSimulation, { store }: Installation) {
  if (baseline === null) return null;
  const { versions } = store.read();
  const found = versions.find((one) => one.policyId === baseline.id && one.version === baseline.version);
  return { policy: baseline.policy, pools: found?.pools };
}

/** A forecast beside what came of it, a request at a time: the two are never about as many requests. */
export function compareForecast(
  { version, at }: Pick<StoredVersion, 'version' | 'at'>,
  kept: Pick<KeptSimulation, 'id' | 'result'> | undefined,
  happened: Happened | null,
  watched: { readonly from: number; readonly to: number },
): Forecast {
  if (kept === undefined || happened === null) return { kind: 'gone', version, at };
  const { result } = kept;
  const told = result.records - result.without_cost.after;
  const each = (sum: number, of: number) => (of === 0 ? null : sum / of);
  const cost = {
    low: each(result.cost_nano_usd.low, told),
    forecast: each(result.cost_nano_usd.after, told),
    high: each(result.cost_nano_usd.high, told),
    actual: each(happened.costNanoUsd, happened.withCost),
  };
  return {
    kind: 'told',
    version,
    at,
    simulation: kept.id,
    watched,
    requests: happened.requests,
    verdict: verdictOf(cost, happened.withCost),
    cost_per_request: cost,
    changed_share: {
      forecast: each(result.changed, result.records),
      actual: happened.changed === null ? null : each(happened.changed, happened.requests),
    },
    failed_share: {
      forecast: each(result.errors.after, result.records),
      actual: each(happened.failed, happened.requests),
    },
  };
}

type Cost = Extract<Forecast, { kind: 'told' }>['cost_per_request'];

function verdictOf({ low, high, actual }: Cost, withCost: number) {
  if (low === null || high === null || actual === null || withCost < fewestRequests) return 'too_early';
  if (actual > high) return 'above';
  return actual < low ? 'below' : 'within';
}
