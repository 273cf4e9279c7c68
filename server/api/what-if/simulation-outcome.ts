import type { calls, KeptSimulation } from '../../contract/index.ts';
import type { Outcome } from '../../contract/simulations.ts';
import type { Configuration, StoredVersion } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import { requireIn } from '../require-in.ts';
import { findSimulation } from './simulations.ts';

/** What a version has done since it was published, summed up. */
export interface Happened {
  readonly requests: number;
  readonly withCost: number;
  readonly costNanoUsd: number;
  readonly refused: number;
  readonly failed: number;
  /** Decided otherwise than by the policy that was asked about; `null` where none was. */
  readonly changed: number | null;
  readonly latencyMs: number | null;
  readonly targets: readonly { readonly target: string; readonly requests: number }[];
}

export const readOutcome: Handler<typeof calls.readOutcome> = async ({ params, principal }, installation) => {
  // Sums over every team's requests: whoever may not read them all could tell the others' from their own.
  requireIn(principal, 'traffic.read', null);
  const kept = await findSimulation(params.id, installation);
  const version = publishedAfter(kept, installation.store.read());
  const happened =
    version === undefined
      ? null
      : await installation.simulator.happened(
          { from: Date.parse(version.at), to: installation.clock() + 1 },
          kept.candidate.hash,
        );
  return compareOutcome(kept, version, happened);
};

/** The version that names the what-if; else the first since that decides as its candidate. */
function publishedAfter(kept: KeptSimulation, { versions }: Configuration): StoredVersion | undefined {
  const own = versions.filter(
    ({ policyId, hash }) => policyId === kept.candidate.id && hash === kept.candidate.hash,
  );
  return own.find(({ simulation }) => simulation === kept.id) ?? own.find(({ at }) => at >= kept.at);
}

/** Forecast against what happened, a request at a time, since the two are never about as many. */
export function compareOutcome(
  { id, result }: Pick<KeptSimulation, 'id' | 'result'>,
  version: StoredVersion | undefined,
  happened: Happened | null,
): Outcome {
  const told = result.records - result.without_cost.after;
  const each = (cost: number) => (told === 0 ? null : cost / told);
  const { low, high, after } = result.cost_nano_usd;
  const requests = happened?.requests ?? 0;
  const actual =
    happened === null || happened.withCost === 0 ? null : happened.costNanoUsd / happened.withCost;
  const bounds = { low: each(low), high: each(high) };
  const isWithin =
    actual === null || bounds.low === null || bounds.high === null
      ? null
      : actual >= bounds.low && actual <= bounds.high;
  return {
    published:
      version === undefined
        ? null
        : {
            policy: version.policyId,
            version: version.version,
            at: version.at,
            judged_by: version.simulation === id,
          },
    requests,
    cost_per_request: { forecast: each(after), actual, ...bounds },
    within: isWithin,
    refused_share: {
      forecast: result.records === 0 ? null : result.refused.after / result.records,
      actual: happened === null || requests === 0 ? null : happened.refused / requests,
    },
    latency_ms: { forecast: result.latency_ms.after, actual: happened?.latencyMs ?? null },
    by_target: targetShares(result, happened),
  };
}

function targetShares(result: KeptSimulation['result'], happened: Happened | null): Outcome['by_target'] {
  const actual = new Map((happened?.targets ?? []).map(({ target, requests }) => [target, requests]));
  const forecast = new Map(result.by_target.map(({ target, requests_after }) => [target, requests_after]));
  const share = (count: number | undefined, of: number) => (of === 0 ? 0 : (count ?? 0) / of);
  return [...new Set([...forecast.keys(), ...actual.keys()])]
    .map((target) => ({
      target,
      share_forecast: share(forecast.get(target), result.records),
      share_actual: share(actual.get(target), happened?.requests ?? 0),
    }))
    .filter(({ share_forecast, share_actual }) => share_forecast > 0 || share_actual > 0)
    .sort((left, right) => right.share_forecast - left.share_forecast);
}
