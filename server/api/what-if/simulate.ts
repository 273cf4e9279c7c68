import { findPlace } from '#engine/simulate/index.ts';
import type { BodyOf, calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireCompiles } from '../policies/policies.ts';
import { resolveForPlan } from '../policies/resolve-reference.ts';
import type { WhatIfAsk } from './simulator.ts';

export const simulatePolicy: Handler<typeof calls.simulatePolicy> = async (
  { body, principal },
  installation,
) => {
  const { simulator } = installation;
  const ask = askedWhatIf(body, installation);
  return simulator.runs.watch(principal.id, body.run, (watch) => simulator.simulate(ask, watch));
};

export const readSimulationRun: Handler<typeof calls.readSimulationRun> = (
  { params: { run }, principal },
  { simulator },
) => simulator.runs.progress(principal.id, run) ?? noRun(run);

export const cancelSimulationRun: Handler<typeof calls.cancelSimulationRun> = (
  { params: { run }, principal },
  { simulator },
) => (simulator.runs.cancel(principal.id, run) ? {} : noRun(run));

function noRun(run: string): never {
  throw new ApiFailure(404, 'run_missing', `No what-if "${run}" of yours is under way here.`);
}

export const sweepPolicy: Handler<typeof calls.sweepPolicy> = (
  { body: { place, low, high, steps, min_quality, ...body } },
  installation,
) => {
  const ask = askedWhatIf(body, installation);
  const found = findPlace(ask.candidate.policy, place);
  if (found.kind === 'none') throw new ApiFailure(400, 'invalid_request', `place: ${found.message}`);
  return installation.simulator.sweep(ask, {
    place,
    from: low,
    to: high,
    steps,
    minQuality: min_quality ?? null,
  });
};

/** @throws {ApiFailure} for a window that ends before it begins, and for policies that are missing or do not compile. */
export function askedWhatIf(
  body: BodyOf<typeof calls.simulatePolicy>,
  installation: Installation,
): WhatIfAsk {
  const { from, to } = body;
  if (from !== undefined && to !== undefined && from >= to) {
    throw new ApiFailure(
      400,
      'invalid_request',
      `The window ends (to: ${to}) before it begins (from: ${from}).`,
    );
  }
  const candidate = resolveForPlan(body.candidate, installation);
  const baseline = body.baseline === undefined ? null : resolveForPlan(body.baseline, installation);
  requireCompiles(candidate.policy, installation);
  if (baseline !== null) requireCompiles(baseline.policy, installation);
  const { incidents = [], budgets = [] } = body;
  return { candidate, baseline, window: { from, to }, incidents, budgets };
}
