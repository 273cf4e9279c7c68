import { z } from 'zod';
import { CustomModel } from '#engine/catalogue/custom-model.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** A model as the list shows it. Prices in USD per million tokens; `null` is unknown, never 0. */
export const ModelSummary = z.strictObject({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  family: z.string(),
  context: z.number().nullable(),
  maxOutput: z.number().nullable(),
  input: z.array(z.string()),
  output: z.array(z.string()),
  tools: z.boolean().nullable(),
  reasoning: z.boolean().nullable(),
  jsonSchema: z.boolean().nullable(),
  priceInput: z.number().nullable(),
  priceOutput: z.number().nullable(),
  priceCacheRead: z.number().nullable(),
  /** The day on which the price was stated; `null`: unpriced. */
  priceDate: z.string().nullable(),
  tokensPerSecond: z.number().nullable(),
  /** 0–100. */
  quality: z.number().nullable(),
  deprecated: z.boolean(),
  /** `provider`: a configured provider; `sandbox`: the simulated upstream stands in; `none`. */
  served: z.enum(['provider', 'sandbox', 'none']),
  /** Who stated it: what ships, the config file, or the studio. */
  origin: z.enum(['shipped', 'file', 'studio']),
});
export type ModelSummary = z.output<typeof ModelSummary>;

/** The rates of one way of serving, at one time, from one amount of input on. */
export const PriceRow = z.strictObject({
  /** `standard`, `batch`, `flex`, `priority`, …. */
  mode: z.string(),
  /** When it holds, where that is not always: a sentence such as `01:00–04:00 UTC`. */
  when: z.string(),
  aboveInputTokens: z.number(),
  /** USD per million tokens by class, as `price_usd_per_million` names them; a class without a rate is left out. */
  rates: z.record(z.string(), z.number()),
});
export type PriceRow = z.output<typeof PriceRow>;

export const ModelDetail = ModelSummary.extend({
  dialects: z.array(z.string()),
  aliases: z.array(z.string()),
  tokenizer: z.string().nullable(),
  caching: z.enum(['automatic', 'explicit', 'none']).nullable(),
  retention: z.enum(['zero', 'retains', 'unknown']),
  speed: z
    .strictObject({
      tokensPerSecond: z.number().nullable(),
      firstTokenMs: z.number().nullable(),
      source: z.string(),
    })
    .nullable(),
  qualityOf: z.strictObject({ index: z.number(), source: z.string() }).nullable(),
  price: z
    .strictObject({
      source: z.string(),
      date: z.string().nullable(),
      note: z.string(),
      rows: z.array(PriceRow),
      /** USD a thousand calls of the provider's own tools. */
      calls: z.record(z.string(), z.number()),
      regionalPercent: z.number(),
      /** The same as `price_usd_per_million` would state it. */
      stated: z.record(z.string(), z.unknown()),
    })
    .nullable(),
  /** Policies whose nodes name it, by draft or newest version. */
  usedBy: z.array(
    z.strictObject({
      policy: z.string(),
      name: z.string(),
      nodes: z.array(z.string()),
      /** Whether the newest published version names it, or only the draft does. */
      published: z.boolean(),
    }),
  ),
  /** Whether Waybill ships something about it, which holds again once the studio states nothing. */
  ships: z.boolean(),
  /** What the studio states of it; `null` where it states nothing. */
  custom: CustomModel.nullable(),
  /** Who changed that, and when (ISO 8601). */
  changed: z.strictObject({ at: z.string(), by: z.string() }).nullable(),
});
export type ModelDetail = z.output<typeof ModelDetail>;

const ModelParams = z.strictObject({
  /** `<provider>/<model>`, its slashes escaped as `%2F`. */
  id: z.string(),
});

export const listModels = defineCall({
  method: 'GET',
  path: '/api/models',
  needs: 'models.read',
  summary:
    'The catalogue with prices (USD per million tokens) and whether each model can be called from here.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ priceBook: z.string(), models: z.array(ModelSummary) }),
});

export const readModel = defineCall({
  method: 'GET',
  path: '/api/models/:id',
  needs: 'models.read',
  summary:
    'One model: its price by class, tier, mode and time with date and source, and which policies use it.',
  params: ModelParams,
  query: Nothing,
  body: Nothing,
  response: ModelDetail,
});

export const writeModel = defineCall({
  method: 'PUT',
  path: '/api/models/:id',
  needs: 'models.manage',
  summary:
    'States a model, or other facts and another price for one that is known. Holds for the next request.',
  params: ModelParams,
  query: Nothing,
  body: CustomModel.omit({ id: true }),
  response: ModelDetail,
});

export const deleteModel = defineCall({
  method: 'DELETE',
  path: '/api/models/:id',
  needs: 'models.manage',
  summary: 'Takes back what was stated of a model: what ships holds again, or nothing.',
  params: ModelParams,
  query: Nothing,
  body: Nothing,
  response: Nothing,
});
