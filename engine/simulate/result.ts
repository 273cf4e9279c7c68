import { z } from 'zod';

const Count = z.number().int().min(0);
/** Whole nano-dollars; sums of many requests stay below 2^53 up to nine million dollars. */
const NanoUsd = z.number().int();

/** How far a row's numbers after the change can be trusted. */
export const evidenceClasses = ['observed', 'repriced', 'modelled', 'unknown'] as const;
export type EvidenceClass = (typeof evidenceClasses)[number];

const ChangedDecision = z.strictObject({
  id: z.string(),
  at: z.number().nullable(),
  team: z.string().nullable(),
  task: z.string().nullable(),
  path_before: z.string(),
  path_after: z.string(),
  target_before: z.string(),
  target_after: z.string(),
  cost_before: NanoUsd.nullable(),
  cost_after: NanoUsd.nullable(),
  evidence: z.enum(evidenceClasses),
  /** The first node at which the two paths part. */
  differs_at: z.string(),
});

/**
 * What a what-if answers: everything the page shows and `simulate --json` prints. Costs are sums over the record set in
 * nano-dollars; `low` and `high` bound the cost after the change (95 %).
 */
export const SimulationResult = z.strictObject({
  records: Count,
  /** Records whose path or first target differs. */
  changed: Count,
  evidence: z.strictObject({ observed: Count, repriced: Count, modelled: Count, unknown: Count }),
  cost_nano_usd: z.strictObject({ before: NanoUsd, after: NanoUsd, low: NanoUsd, high: NanoUsd }),
  /** Records that have no cost on a side because a model has no price or usage is unknown; they are in no sum. */
  without_cost: z.strictObject({ before: Count, after: Count }),
  /** Mean over the served records that have one; `null` where none has. */
  latency_ms: z.strictObject({ before: z.number().nullable(), after: z.number().nullable() }),
  refused: z.strictObject({ before: Count, after: Count }),
  by_target: z.array(
    z.strictObject({
      target: z.string(),
      requests_before: Count,
      requests_after: Count,
      cost_before: NanoUsd,
      cost_after: NanoUsd,
    }),
  ),
  /** Requests through each exit; the entry stands as port `""` of node `""`. */
  by_edge: z.array(z.strictObject({ node: z.string(), port: z.string(), before: Count, after: Count })),
  transitions: z.array(
    z.strictObject({ from: z.string(), to: z.string(), requests: Count, cost_delta: NanoUsd }),
  ),
  by_team: z.array(
    z.strictObject({
      team: z.string(),
      requests: Count,
      changed: Count,
      cost_before: NanoUsd,
      cost_after: NanoUsd,
    }),
  ),
  by_day: z.array(
    z.strictObject({ day: z.string(), requests: Count, cost_before: NanoUsd, cost_after: NanoUsd }),
  ),
  /** Up to 200 changed decisions, the largest change of cost first. */
  changes: z.array(ChangedDecision),
  seed: z.number().int(),
  policy_hash: z.string(),
  /** Empty when the baseline is the log itself. */
  baseline_hash: z.string(),
  records_hash: z.string(),
  price_book: z.string(),
  /** What the estimates assume, as sentences. */
  assumptions: z.array(z.string()),
});
export type SimulationResult = z.output<typeof SimulationResult>;
