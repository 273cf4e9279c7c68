import { z } from 'zod';

const Count = z.number().int().min(0);
const Doubt = z.number().min(0);

/** How many tokens a target makes of an estimated one; `sigma` and `spread` are relative (standard errors of the mean, of a request). */
const InputFit = z.strictObject({
  target: z.string(),
  rows: Count,
  per_estimate: z.number().positive(),
  sigma: Doubt,
  spread: Doubt,
});

/**
 * How long a target's answers to a task are, reasoning included. `relative` is the natural logarithm of that length over
 * the mean of all targets for the task, shrunk; lengths of two targets compare by the difference.
 */
const AnswerFit = z.strictObject({
  target: z.string(),
  /** `""`: requests whose task is unknown, where there are enough of them, else all together; stands in for tasks that the target was never asked. */
  task: z.string(),
  rows: Count,
  tokens: z.number().min(0),
  relative: z.number(),
  sigma: Doubt,
  spread: Doubt,
});

/** How the errors of two targets go together, where they served the same sessions: correlations, −1 to 1. */
const PairFit = z.strictObject({
  one: z.string(),
  other: z.string(),
  /** `""`: their input tokens, over all tasks. */
  task: z.string(),
  of: z.enum(['input', 'answers']),
  correlation: z.number().min(-1).max(1),
});

/**
 * What a log teaches about targets: plain JSON, made by `fitEstimates`, kept in a file by `waybill calibrate --out` and
 * read by `waybill simulate --estimates`. What it does not hold comes from the stated priors.
 */
export const Estimates = z.strictObject({
  format: z.literal(1),
  /** `same_tokens`: every target counts and writes as the one of the log; only doubt widens. */
  kind: z.enum(['fitted', 'same_tokens']),
  /** Whether prompt caches are replayed for requests that move. */
  caching: z.boolean(),
  records: Count,
  /** Hash of the record set that these were fitted on, where they were kept in a file; else empty. */
  records_hash: z.string(),
  input: z.array(InputFit),
  answers: z.array(AnswerFit),
  pairs: z.array(PairFit),
  latency: z.array(z.strictObject({ target: z.string(), rows: Count, mean_ms: z.number().min(0) })),
  /** First calls and how many of them failed. */
  failures: z.array(z.strictObject({ target: z.string(), calls: Count, failed: Count })),
});
export type Estimates = Readonly<z.output<typeof Estimates>>;

/** Takes logged tokens as they are at every target, and logged caches as they were. */
export const sameTokens: Estimates = Object.freeze({
  format: 1,
  kind: 'same_tokens',
  caching: false,
  records: 0,
  records_hash: '',
  input: [],
  answers: [],
  pairs: [],
  latency: [],
  failures: [],
});
