import { z } from 'zod';
import { recordColumns } from '#engine/signals/index.ts';
import { defineCall } from './define-call.ts';
import { Nothing, VersionSummary } from './shapes.ts';

/** A request record: columns by name, as `engine/signals` declares them. */
const RecordShape = z.record(z.string(), z.unknown());

const columnNames: ReadonlySet<string> = new Set(recordColumns.map(({ name }) => name));
const ColumnNames = z
  .string()
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .superRefine((names, context) => {
    const unknown = names.find((name) => !columnNames.has(name));
    if (unknown !== undefined)
      context.addIssue({ code: 'custom', message: `has no column "${unknown}"`, input: names });
  });

const Nano = z.number().int().nullable();

/** A request's cost line by line; the lines add up to `costNanoUsd` exactly. `null` is unpriced or unknown, never 0. */
const CostLines = z.strictObject({
  /** The book that the lines were worked out with, and the day of its prices. */
  priceBook: z.string(),
  priceDate: z.string(),
  /** What the record says, and with which book. Where the books differ, so may the sums. */
  recordedNanoUsd: Nano,
  recordedBook: z.string(),
  /** Calls that were billed; `null` where the record does not say what each used. */
  calls: z
    .array(
      z.strictObject({
        target: z.string(),
        /** Which of `outcome.attempts`, from 0 on. */
        attempt: z.number().int(),
        basis: z.strictObject({
          mode: z.string(),
          aboveInputTokens: z.number().nullable(),
          isPeriod: z.boolean(),
          region: z.string(),
          source: z.string().nullable(),
        }),
        lines: z.array(
          z.strictObject({
            kind: z.enum(['tokens', 'calls', 'surcharge']),
            class: z.string(),
            /** Tokens or calls; of a surcharge, per cent. */
            quantity: z.number(),
            /** Pico-dollars a token or a call. */
            unitPicoUsd: z.number().nullable(),
            costNanoUsd: Nano,
          }),
        ),
        costNanoUsd: Nano,
      }),
    )
    .nullable(),
  costNanoUsd: Nano,
});

export const listRecords = defineCall({
  method: 'GET',
  path: '/api/records',
  needs: 'traffic.read',
  summary: 'Logged requests, newest first, a page at a time.',
  params: Nothing,
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** Opaque: `next` of the page before. */
    cursor: z.string().optional(),
    policy: z.string().optional(),
    status: z.enum(['served', 'refused', 'failed', 'abandoned']).optional(),
    team: z.string().optional(),
    target: z.string().optional(),
    /** Part of an id, a path or a target. */
    search: z.string().optional(),
    /** ms since 1970; `from` inclusive, `to` exclusive. */
    from: z.coerce.number().int().optional(),
    to: z.coerce.number().int().optional(),
    project: z.string().optional(),
    key: z.string().optional(),
    user: z.string().optional(),
    tag: z.string().optional(),
    task: z.string().optional(),
    version: z.coerce.number().int().optional(),
    /** A target that was called, whether it answered or not. */
    model: z.string().optional(),
    /** A provider that was called, whether it answered or not. */
    provider: z.string().optional(),
    /** An error class, or the code of a refusal. */
    error: z.string().optional(),
    session: z.string().optional(),
    /** Nano-dollars from which on; requests of unknown cost are left out. */
    minCost: z.coerce.number().int().min(0).optional(),
    /** ms in total from which on; requests of unknown latency are left out. */
    minLatency: z.coerce.number().int().min(0).optional(),
    /** Names of the columns wanted, with commas between; left out: all. */
    columns: ColumnNames.optional(),
  }),
  body: Nothing,
  response: z.strictObject({ records: z.array(RecordShape), next: z.string().nullable() }),
});

export const readRecord = defineCall({
  method: 'GET',
  path: '/api/records/:id',
  needs: 'traffic.read',
  summary:
    'One logged request, replayed under the version that served it: the reasons, and whether the decision is the recorded one.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    record: RecordShape,
    reasons: z.array(z.strictObject({ node: z.string(), sentence: z.string() })),
    /** `null` when the version is not here (a direct target, an imported log). */
    replay: z
      .strictObject({ path: z.string(), targets: z.array(z.string()), identical: z.boolean() })
      .nullable(),
    /** Who published the version that decided, when and why; `null` when it is not here. */
    version: VersionSummary.extend({ policy: z.string() }).nullable(),
    cost: CostLines,
    /** What the reply said of its way, as far as the record tells: limits and budgets of that moment are not kept. */
    headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  }),
});

export const summarizeRecords = defineCall({
  method: 'GET',
  path: '/api/records-summary',
  needs: 'spend.read',
  summary:
    'Requests, cost, errors and latency of a window, in total, by day, by target, by team and by policy.',
  params: Nothing,
  query: z.strictObject({ from: z.coerce.number().int().optional(), to: z.coerce.number().int().optional() }),
  body: Nothing,
  response: z.strictObject({
    from: z.number(),
    to: z.number(),
    /** Whether any row in the window is generated or simulated. */
    sandbox: z.boolean(),
    total: z.strictObject({
      requests: z.number(),
      costNanoUsd: z.number(),
      withoutCost: z.number(),
      failed: z.number(),
      refused: z.number(),
      latencyP50Ms: z.number().nullable(),
      latencyP95Ms: z.number().nullable(),
    }),
    byDay: z.array(z.strictObject({ day: z.string(), requests: z.number(), costNanoUsd: z.number() })),
    byTarget: z.array(z.strictObject({ name: z.string(), requests: z.number(), costNanoUsd: z.number() })),
    byTeam: z.array(z.strictObject({ name: z.string(), requests: z.number(), costNanoUsd: z.number() })),
    byTask: z.array(z.strictObject({ name: z.string(), requests: z.number(), costNanoUsd: z.number() })),
  }),
});

/**
 * Server-sent events, one `record` event a finished request:
 * `{ id, team, policy, version, path, target, status, costNanoUsd, latencyMs, at, sandbox }`. Who may see the traffic of
 * some teams hears of these.
 */
export const trafficStreamPath = '/api/traffic';
export const TrafficEvent = z.strictObject({
  id: z.string(),
  /** `''`: of no team. */
  team: z.string(),
  policy: z.string(),
  version: z.number(),
  path: z.string(),
  target: z.string(),
  status: z.enum(['served', 'refused', 'failed', 'abandoned']),
  costNanoUsd: z.number().nullable(),
  latencyMs: z.number().nullable(),
  at: z.number(),
  sandbox: z.boolean(),
});
export type TrafficEvent = z.output<typeof TrafficEvent>;
