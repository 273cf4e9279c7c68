import { z } from 'zod';

/** How much worse a candidate may be before it is taken back. `null` does not look. */
export const RolloutGuards = z.strictObject({
  /** Failed requests, as an added share: 0.02 allows two more in a hundred. */
  error_rate: z.number().min(0).max(1).nullable().default(0.02),
  /** Duration of served requests, as an added share of the typical one: 0.25 allows a quarter more. */
  latency: z.number().min(0).max(10).nullable().default(0.25),
  /** Cost of served requests, likewise. */
  cost: z.number().min(0).max(10).nullable().default(null),
});

/** How a version comes into use beside the one that an alias serves. */
export const RolloutShape = z.strictObject({
  /** `canary`: it serves a share. `shadow`: it serves nothing; what it would have decided is recorded. */
  mode: z.enum(['canary', 'shadow']).default('canary'),
  /** Shares of the traffic, rising, and how long each is kept at least. After the last it is promoted when that is all. */
  steps: z
    .array(z.strictObject({ share: z.number().gt(0).max(1), minutes: z.number().min(0).max(100_000) }))
    .min(1)
    .max(20)
    .refine(
      (steps) => steps.every(({ share }, index) => index === 0 || share > (steps[index - 1]?.share ?? 0)),
      'must rise from step to step',
    )
    .default([
      { share: 0.05, minutes: 15 },
      { share: 0.25, minutes: 15 },
      { share: 1, minutes: 0 },
    ]),
  guards: RolloutGuards.prefault({}),
  /** A step is left only after the candidate has served so many requests. */
  min_requests: z.number().int().min(0).max(10_000_000).default(100),
});
export type RolloutShape = Readonly<z.output<typeof RolloutShape>>;

/** A rollout that is under way on an alias, as kept. */
export const RunningRollout = z.strictObject({
  ...RolloutShape.shape,
  candidate: z.strictObject({ policyId: z.string(), version: z.number().int().min(1) }),
  /** Index of the present step. */
  step: z.number().int().min(0),
  /** ISO 8601. */
  stepSince: z.string(),
  paused: z.boolean(),
  startedAt: z.string(),
  startedBy: z.string(),
  /** Whether the alias followed its policy's newest version before, and will again. */
  followed: z.boolean(),
});
export type RunningRollout = Readonly<z.output<typeof RunningRollout>>;

/** How a rollout ended. */
export const EndedRollout = z.strictObject({
  alias: z.string(),
  candidate: z.strictObject({ policyId: z.string(), version: z.number().int() }),
  baseline: z.strictObject({ policyId: z.string(), version: z.number().int() }),
  outcome: z.enum(['promoted', 'rolled_back', 'stopped']),
  /** A sentence. */
  reason: z.string(),
  /** ISO 8601. */
  at: z.string(),
  by: z.string(),
});
export type EndedRollout = Readonly<z.output<typeof EndedRollout>>;
