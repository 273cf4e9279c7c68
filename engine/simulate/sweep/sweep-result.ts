import { z } from 'zod';
import { SimulationResult } from '../result.ts';

const SweepPoint = z.strictObject({
  value: z.number(),
  cost_nano_usd: SimulationResult.shape.cost_nano_usd,
  latency_ms: z.number().nullable(),
  /** Expected requests that fail for good. */
  errors: z.number(),
  refused: z.number().int(),
  /** Mean quality index, 0–100, weighted by difficulty; a proxy. */
  quality: z.number().nullable(),
  /** Share of the requests that `quality` is about. */
  quality_told: z.number(),
  /** Share of the requests decided otherwise than by the baseline. */
  moved: z.number(),
});
export type SweepPoint = z.output<typeof SweepPoint>;

/** One number of a policy varied: a what-if a setting, all on the same records. */
export const SweepResult = z.strictObject({
  place: z.string(),
  /** What the policy says now; one of the points is there. */
  present: z.number(),
  records: z.number().int(),
  before: z.strictObject({
    cost_nano_usd: z.number(),
    latency_ms: z.number().nullable(),
    quality: z.number().nullable(),
  }),
  /** By setting, the smallest first. */
  points: z.array(SweepPoint),
  /** The cheapest setting that keeps the quality asked for; `null` where none does, or none was asked for. */
  cheapest: z.strictObject({ min_quality: z.number(), value: z.number().nullable() }).nullable(),
  assumptions: z.array(z.string()),
});
export type SweepResult = z.output<typeof SweepResult>;
