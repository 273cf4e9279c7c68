import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing, PolicyParams } from './shapes.ts';

const Pair = z.strictObject({ forecast: z.number().nullable(), actual: z.number().nullable() });

/** The forecast a version was judged by, beside what came of it. */
export const Forecast = z.discriminatedUnion('kind', [
  /** The what-if is not kept any more. */
  z.strictObject({ kind: z.literal('gone'), version: z.number().int(), at: z.string() }),
  z.strictObject({
    kind: z.literal('told'),
    version: z.number().int(),
    /** When it was published, ISO 8601. */
    at: z.string(),
    simulation: z.string(),
    /** ms since 1970: from publishing, two weeks at most. */
    watched: z.strictObject({ from: z.number(), to: z.number() }),
    /** Requests that the version decided meanwhile. */
    requests: z.number().int(),
    /** Where the actual cost a request lies to the forecast's interval; `too_early` with too few requests. */
    verdict: z.enum(['too_early', 'within', 'above', 'below']),
    /** Nano-dollars a request that has a cost; the interval holds 95 in 100. */
    cost_per_request: Pair.extend({ low: z.number().nullable(), high: z.number().nullable() }),
    /** Requests that are decided otherwise than by what it was compared with. */
    changed_share: Pair,
    failed_share: Pair,
  }),
]);
export type Forecast = z.output<typeof Forecast>;

export const readForecasts = defineCall({
  method: 'GET',
  path: '/api/policies/:id/forecasts',
  needs: 'traffic.read',
  summary:
    'For each version that names the what-if it was judged by: its forecast beside what happened in its first two weeks. Needs the permission in all teams.',
  params: PolicyParams,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    /** Newest first. */
    forecasts: z.array(Forecast),
    /** With fewer requests it is too early to tell. */
    fewest: z.number().int(),
  }),
});
