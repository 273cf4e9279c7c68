import type { calls } from '../contract/index.ts';
import { ApiFailure } from '../errors.ts';
import type { Handler } from './handler.ts';
import { requireCompiles } from './policies.ts';
import { resolveForPlan } from './resolve-reference.ts';

export const simulatePolicy: Handler<typeof calls.simulatePolicy> = async ({ body }, installation) => {
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
  return installation.simulator.simulate({ candidate, baseline, window: { from, to } });
};
