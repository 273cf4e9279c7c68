import { z } from 'zod';
import { Policy } from '#engine/policy/index.ts';
import { RolloutShape } from './rollout-shape.ts';

/** Which policies are published only after a second person agreed. `*` stands for any characters of an id. */
export const PublishingRules = z.strictObject({ approval: z.array(z.string().min(1).max(120)).max(200) });
export type PublishingRules = Readonly<z.output<typeof PublishingRules>>;

export const proposalStates = [
  'waiting',
  'scheduled',
  'published',
  'rejected',
  'withdrawn',
  'failed',
] as const;

/** A publication that waits: for a second person, for its time, or for both; and how it ended. */
export const Proposal = z.strictObject({
  id: z.string(),
  policyId: z.string(),
  /** Frozen as it was proposed: later edits of the draft change nothing here. */
  policy: Policy,
  hash: z.string(),
  note: z.string(),
  /** The kept what-if it was judged by. */
  simulation: z.string().optional(),
  rollout: RolloutShape.optional(),
  /** ISO 8601: not before; `null` at once. */
  due: z.string().nullable(),
  author: z.string(),
  /** ISO 8601. */
  at: z.string(),
  state: z.enum(proposalStates),
  /** Who approved, rejected or withdrew it; `null` while nobody has. */
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  /** A sentence, where one was given. */
  reason: z.string(),
  /** The version it became. */
  version: z.number().int().nullable(),
});
export type Proposal = Readonly<z.output<typeof Proposal>>;

/** What a what-if may show at most for a version to be published. */
export const PublishLimits = z.strictObject({
  /** Added cost as a share of the cost before, at the upper bound of the forecast: 0.1 allows a tenth more. */
  cost: z.number().min(-1).max(1_000).optional(),
  /** Share of requests that are decided otherwise. */
  changed: z.number().min(0).max(1).optional(),
  /** Slowest of a hundred requests (p99), in milliseconds. */
  p99_ms: z.number().min(0).optional(),
});
export type PublishLimits = Readonly<z.output<typeof PublishLimits>>;
