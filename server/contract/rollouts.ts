import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { EndedRollout, RolloutShape, RunningRollout } from './rollout-shape.ts';
import { Nothing } from './shapes.ts';

const ArmView = z.strictObject({
  requests: z.number().int(),
  failed: z.number().int(),
  /** Typical (geometric mean) of served requests; `null` before there are any. */
  latencyMs: z.number().nullable(),
  costNanoUsd: z.number().nullable(),
});

/** A rollout under way, and what was seen of it since this process began to look. */
export const RolloutView = z.strictObject({
  alias: z.string(),
  /** What the alias serves beside the candidate. */
  baseline: z.strictObject({ policyId: z.string(), version: z.number().int() }),
  rollout: RunningRollout,
  figures: z.strictObject({
    baseline: ArmView,
    candidate: ArmView,
    guards: z.array(
      z.strictObject({
        guard: z.enum(['error_rate', 'latency', 'cost']),
        margin: z.number(),
        /** Probability of seeing this by chance, however often it is looked at; 1 while there is nothing to see. */
        p: z.number(),
      }),
    ),
    /** Below this p-value a guard gives way. */
    givesWayBelow: z.number(),
  }),
});
export type RolloutView = z.output<typeof RolloutView>;

const AliasParams = z.strictObject({ alias: z.string() });

export const listRollouts = defineCall({
  method: 'GET',
  path: '/api/rollouts',
  needs: 'policies.read',
  summary: 'Rollouts under way, with what was seen of them, and those that ended lately.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ running: z.array(RolloutView), ended: z.array(EndedRollout) }),
});

export const startRollout = defineCall({
  method: 'POST',
  path: '/api/deployments/:alias/rollout',
  needs: 'policies.publish',
  summary:
    'Brings a published version into use beside the one that an alias serves: as a canary, or in shadow.',
  params: AliasParams,
  query: Nothing,
  body: RolloutShape.extend({
    candidate: z.strictObject({ policy: z.string(), version: z.number().int().min(1) }),
  }),
  response: RolloutView,
  status: 201,
});

export const changeRollout = defineCall({
  method: 'PUT',
  path: '/api/deployments/:alias/rollout',
  needs: 'policies.publish',
  summary: 'Pauses a rollout, goes on with it, or sets its step.',
  params: AliasParams,
  query: Nothing,
  body: z
    .strictObject({ paused: z.boolean().optional(), step: z.number().int().min(0).optional() })
    .refine(
      ({ paused, step }) => paused !== undefined || step !== undefined,
      'says nothing: state "paused" or "step"',
    ),
  response: RolloutView,
});

export const endRollout = defineCall({
  method: 'POST',
  path: '/api/deployments/:alias/rollout/end',
  needs: 'policies.publish',
  summary: 'Ends a rollout: the candidate serves everything from now on, or nothing.',
  params: AliasParams,
  query: Nothing,
  body: z.strictObject({
    outcome: z.enum(['promoted', 'rolled_back', 'stopped']),
    reason: z.string().max(2_000).default(''),
  }),
  response: EndedRollout,
});
