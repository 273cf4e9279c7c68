import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';
import { isZone } from './time-zone.ts';
import { usageDimensions, usageGrains, usageOrigins } from './usage-shape.ts';

const At = z.coerce.number().int();
const Nano = z.number().int();
const Count = z.number();
const Zone = z.string().refine(isZone, 'must be an IANA time zone, such as Europe/Berlin');

/** Which requests: a window (the last 30 days unless given) and values that they must have. */
export const spendWindow = {
  /** ms since 1970; `from` inclusive, `to` exclusive. */
  from: At.optional(),
  to: At.optional(),
  /** Where days begin. */
  zone: Zone.default('UTC'),
  team: z.string().optional(),
  project: z.string().optional(),
  key: z.string().optional(),
  user: z.string().optional(),
  tag: z.string().optional(),
  model: z.string().optional(),
  provider: z.string().optional(),
  task: z.string().optional(),
  difficulty: z.string().optional(),
  policy: z.string().optional(),
  /** `support@3`. */
  version: z.string().optional(),
  purpose: z.string().optional(),
  origin: z.enum(usageOrigins).optional(),
} as const;

/** What was spent. With a cut by tag only the cost adds up: a request counts in full at each of its tags. */
export const SpendMeasures = z.strictObject({
  costNanoUsd: Nano,
  requests: Count,
  calls: Count,
  errors: Count,
  refused: Count,
  /** Calls whose price is not known: in no sum. */
  unpriced: Count,
  tokens: z.strictObject({
    input: Count,
    cacheRead: Count,
    cacheWrite: Count,
    output: Count,
    reasoning: Count,
    media: Count,
  }),
});
export type SpendMeasures = z.output<typeof SpendMeasures>;

const Dimensions = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((name) => name !== ''))
  .pipe(z.array(z.enum(usageDimensions)).max(4, 'must be at most four names'));

export const readSpend = defineCall({
  method: 'GET',
  path: '/api/spend',
  needs: 'spend.read',
  summary:
    'Spend by any combination of team, project, key, user, tag, model, provider, task, difficulty, policy, version, purpose and time; the rows and the rest add up to the total.',
  params: Nothing,
  query: z.strictObject({
    ...spendWindow,
    /** Up to four names, with commas between. */
    by: Dimensions,
    grain: z.enum(usageGrains).optional(),
    /** The dearest so many; what is left stands in `rest`. */
    limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
  }),
  body: Nothing,
  response: z.strictObject({
    from: z.number(),
    to: z.number(),
    zone: z.string(),
    total: SpendMeasures,
    /** The dearest first; with a grain in order of time. */
    rows: z.array(SpendMeasures.extend({ values: z.array(z.string()), bucket: z.string().nullable() })),
    rest: SpendMeasures.extend({ rows: z.number() }).nullable(),
  }),
});

const DayShape = z.strictObject({ day: z.string(), nanoUsd: Nano });
export const ForecastShape = z.strictObject({
  expected: Nano,
  low: Nano,
  high: Nano,
  byDay: z.array(DayShape.extend({ low: Nano, high: Nano })).readonly(),
  method: z.string(),
});
export type ForecastShape = z.output<typeof ForecastShape>;

export const readSpendOverview = defineCall({
  method: 'GET',
  path: '/api/spend-overview',
  needs: 'spend.read',
  summary:
    'Spend of a window against the one before it: days, forecast to the end of the month, unusual days, top movers, what routing itself costs, and easy requests on dear models.',
  params: Nothing,
  query: z.strictObject(spendWindow),
  body: Nothing,
  response: z.strictObject({
    from: z.number(),
    to: z.number(),
    zone: z.string(),
    total: SpendMeasures,
    before: z.strictObject({ from: z.number(), to: z.number(), total: SpendMeasures }),
    /** Every day of the window, also those without spend. The last may be unfinished. */
    days: z.array(DayShape).readonly(),
    byOrigin: z.array(z.strictObject({ origin: z.enum(usageOrigins), nanoUsd: Nano })).readonly(),
    /** Judges, classifiers and failed attempts: what answers cost beside themselves. */
    routing: z.strictObject({ classifier: Nano, judge: Nano, failedAttempts: Nano }),
    /** Of the present month in the zone; `null` when the window does not reach today. */
    month: z
      .strictObject({
        name: z.string(),
        spent: Nano,
        /** The rest of it; `null` with fewer than three whole days to go by. */
        rest: ForecastShape.nullable(),
        until: z.string(),
      })
      .nullable(),
    anomalies: z
      .array(DayShape.extend({ usual: Nano, score: z.number(), comparedWith: z.enum(['weekday', 'kind']) }))
      .readonly(),
    movers: z
      .array(
        z.strictObject({
          by: z.enum(['team', 'model', 'key', 'task']),
          value: z.string(),
          before: Nano,
          after: Nano,
        }),
      )
      .readonly(),
    waste: z.strictObject({
      /** The model that easy requests are compared with: the cheapest in use; `null` when there is none. */
      cheapest: z.string().nullable(),
      nanoUsd: Nano,
      rows: z
        .array(
          z.strictObject({
            task: z.string(),
            model: z.string(),
            requests: Count,
            nanoUsd: Nano,
            /** How many times as much its tokens cost as those of the cheapest model in use. */
            timesAsDear: z.number(),
            /** What the same tokens would have cost less at a model in use that can do all that this one can and has room for four times the mean call. */
            saving: z.discriminatedUnion('kind', [
              z.strictObject({ kind: z.literal('known'), model: z.string(), nanoUsd: Nano }),
              /** `media`: sums do not tell audio from images; `no_model`: none in use is cheaper and known to do it all. */
              z.strictObject({ kind: z.literal('unknown'), why: z.enum(['media', 'no_model']) }),
            ]),
          }),
        )
        .readonly(),
    }),
  }),
});

export const compareSpend = defineCall({
  method: 'GET',
  path: '/api/spend-comparison',
  needs: 'spend.read',
  summary:
    'Savings report: what the window would have cost under a named baseline policy, by the simulator with its interval, against what was spent, or against another policy; routing’s own cost included.',
  params: Nothing,
  query: z.strictObject({
    from: At.optional(),
    to: At.optional(),
    policy: z.string(),
    /** A published version; the draft unless given. */
    version: z.coerce.number().int().min(1).optional(),
    /** The policy looked at, replayed on the same requests; what was spent unless given. */
    looked: z.string().optional(),
    /** Its published version; the draft unless given. */
    looked_version: z.coerce.number().int().min(1).optional(),
  }),
  body: Nothing,
  response: z.strictObject({
    from: z.number(),
    to: z.number(),
    policy: z.string(),
    requests: Count,
    /** What these requests cost, judges, classifiers and failed attempts included; under the policy looked at where one is, with the routing’s own cost of the window in full. */
    actual: Nano,
    /** Part of it that is routing's own: judges and classifiers. */
    routing: Nano,
    other: z.strictObject({ cost: Nano, low: Nano, high: Nano }),
    /** `other − actual`: positive where the present routing is cheaper. It is net of routing's own cost. */
    saved: z.strictObject({ net: Nano, low: Nano, high: Nano, gross: Nano }),
    /** Share of the requests whose cost is known on both sides. */
    coverage: z.number(),
    assumptions: z.array(z.string()),
  }),
});

/** `GET`, needs `spend.read`: a file, day by day. `?format=csv|focus&from&to&zone` and the filters of the spend call. */
export const spendExportPath = '/api/spend-export';
export const SpendExportQuery = z.strictObject({ ...spendWindow, format: z.enum(['csv', 'focus']) });
export type SpendExportQuery = z.output<typeof SpendExportQuery>;
