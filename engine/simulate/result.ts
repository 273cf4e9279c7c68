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

/** By what requests are told apart in `segments`. `size` is the class of the input tokens. */
export const segmentKinds = [
  'team',
  'project',
  'key',
  'tag',
  'task',
  'size',
  'hour',
  'weekday',
  'target',
] as const;
export type SegmentKind = (typeof segmentKinds)[number];

/** Some requests of the record set, by what they have in common; `low` and `high` bound their cost after (95 %). */
const Segment = z.strictObject({
  by: z.enum(segmentKinds),
  /** `""`: unknown, or none. Hours are `00`–`23` and weekdays `1` (Monday) to `7`, both UTC. */
  value: z.string(),
  requests: Count,
  changed: Count,
  cost_before: NanoUsd,
  cost_after: NanoUsd,
  low: NanoUsd,
  high: NanoUsd,
  /** Too few requests or sessions for the interval to mean much. */
  small: z.boolean(),
});

/** How long answers take, over the served requests that have a latency. */
const LatencyCurve = z.strictObject({
  requests: Count,
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  /** Requests by latency; both sides have the same bins, `up_to_ms` exclusive; the last is open (`null`). */
  bins: z.array(z.strictObject({ up_to_ms: z.number().nullable(), requests: z.number().min(0) })),
});
export type LatencyCurve = z.output<typeof LatencyCurve>;

/** A session or key, for whom the change is among the largest. */
const Affected = z.strictObject({
  by: z.enum(['session', 'key']),
  value: z.string(),
  requests: Count,
  changed: Count,
  cost_before: NanoUsd,
  cost_after: NanoUsd,
});

/** An hour (UTC) in which a limit, an incident or a failing target mattered; before and after. */
const TimelineHour = z.strictObject({
  /** When the hour began, ms since 1970. */
  at: z.number().int(),
  requests: z.number().min(0),
  refused: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
  fallbacks: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
  /** Served, but by a target further down than the first choice of a healthy day. */
  degraded: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
  /** Latency added by tries that failed, in ms over all requests of the hour. */
  added_latency_ms: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
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
  /** The same as a curve; `latency_ms` is its mean. */
  latency: z.strictObject({ before: LatencyCurve, after: LatencyCurve }),
  /** Expected requests that fail for good, with bounds of `after` (95 %). */
  errors: z.strictObject({
    before: z.number().min(0),
    after: z.number().min(0),
    low: z.number().min(0),
    high: z.number().min(0),
  }),
  /** Expected requests that are answered by another target than their first. */
  fallbacks: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
  /** What moves do to the providers' prompt caches: input tokens no longer read from a cache, what that costs, and tokens still read from one. */
  cache: z.strictObject({ lost_tokens: Count, lost_nano_usd: NanoUsd, kept_tokens: Count }),
  /** Share of requests with a cost on both sides, and share of the cost before that they carry (0–1). */
  coverage: z.strictObject({ requests: z.number().min(0).max(1), cost: z.number().min(0).max(1) }),
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
  /**
   * Nodes, with the cost of the requests that pass them on each side; `cost_delta` is what the requests that pass it
   * after the change then cost more than before.
   */
  by_node: z.array(
    z.strictObject({
      node: z.string(),
      requests_before: Count,
      requests_after: Count,
      cost_before: NanoUsd,
      cost_after: NanoUsd,
      cost_delta: NanoUsd,
    }),
  ),
  /**
   * The change of cost by the exit at which a request leaves its old way; the largest change first. Requests decided as
   * before stand at node `""`. They add up to the change of the total.
   */
  by_branch: z.array(
    z.strictObject({ node: z.string(), port: z.string(), requests: Count, cost_delta: NanoUsd }),
  ),
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
    z.strictObject({
      day: z.string(),
      requests: Count,
      cost_before: NanoUsd,
      cost_after: NanoUsd,
      /** Bounds of `cost_after` (95 %). */
      low: NanoUsd,
      high: NanoUsd,
    }),
  ),
  /** The largest change of cost first, whatever its sign. */
  segments: z.array(Segment),
  /** Those who save most, and those who pay most more, up to 20 sessions and 20 keys each. */
  winners: z.array(Affected),
  losers: z.array(Affected),
  /** What was assumed to go wrong, as asked. */
  incidents: z.array(z.looseObject({ kind: z.string() })),
  /** Hours in which limits, incidents or failing targets mattered; empty where none did. */
  timeline: z.array(TimelineHour),
  /** Up to 200 changed decisions, the largest change of cost first. */
  changes: z.array(ChangedDecision),
  /** Share of the records that was replayed, where a sample was asked for; else 1. Counts and costs are of the sample. */
  sample: z.number().min(0).max(1),
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
