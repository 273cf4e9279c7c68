import { z } from 'zod';
import { CatalogueModel, Modality, Retention } from './model.ts';
import { PriceError, parsePrice } from './price.ts';

const Tokens = z.int('must be a whole number of tokens').min(1, 'must be 1 or more');

/**
 * A price as written, so that decimals are never floats; read by `parsePrice`. `null`: unpriced, also where the shipped
 * book has a price.
 */
const Price = z.unknown().superRefine((value, context) => {
  if (value === undefined || value === null) return;
  try {
    parsePrice('', value, '');
  } catch (error) {
    if (!(error instanceof PriceError)) throw error;
    const path = error.field === 'price_usd_per_million' ? [] : error.field.split('.');
    context.addIssue({ code: 'custom', path, message: error.problem, input: value });
  }
});

/**
 * A model that an admin states: one the shipped catalogue does not know, or other facts and another price for one that it
 * does. The same in the config file's `catalogue`, in the studio and in its API. What is left out stays as shipped, or is
 * unknown.
 */
export const CustomModel = z.strictObject({
  id: z
    .string()
    .max(200, 'must have at most 200 characters')
    .regex(
      /^[a-z][a-z0-9_-]{0,63}\/[^\s/][^\s]*$/,
      'must be <provider>/<model>, such as local/llama-3.3-70b: a provider as configured, then the model by its name there',
    ),
  name: z.string().min(1, 'must not be empty').max(120).optional(),
  family: z.string().min(1, 'must not be empty').max(64).optional(),
  context: Tokens.nullable().optional(),
  max_output: Tokens.nullable().optional(),
  input: z.array(Modality).min(1, 'must name one at least').optional(),
  output: z.array(Modality).optional(),
  tools: z.boolean().optional(),
  reasoning: z.boolean().optional(),
  json_schema: z.boolean().nullable().optional(),
  tokens_per_second: z.number().positive('must be more than 0').max(1e6).nullable().optional(),
  first_token_ms: z.number().positive('must be more than 0').max(1e7).nullable().optional(),
  quality: z.number().min(0, 'must be 0 or more').max(100, 'must be at most 100').nullable().optional(),
  retention: Retention.optional(),
  price_usd_per_million: Price.optional(),
});
export type CustomModel = z.output<typeof CustomModel>;

/** What one that is stated becomes in the catalogue. `shipped` is what was known under its id. */
export function modelFrom(
  custom: CustomModel,
  shipped: CatalogueModel | undefined,
  day: string,
): CatalogueModel {
  const base = shipped?.id === custom.id ? shipped : CatalogueModel.parse({ id: custom.id });
  const source = 'stated here';
  const { tokens_per_second: speed, first_token_ms: first, quality } = custom;
  const told = speed !== undefined || first !== undefined;
  return {
    ...base,
    name: custom.name ?? base.name,
    family: custom.family ?? base.family,
    context: custom.context === undefined ? base.context : custom.context,
    maxOutput: custom.max_output === undefined ? base.maxOutput : custom.max_output,
    modalities: {
      input: custom.input ?? base.modalities.input,
      output: custom.output ?? base.modalities.output,
    },
    tools: custom.tools ?? base.tools,
    reasoning: custom.reasoning ?? base.reasoning,
    jsonSchema: custom.json_schema === undefined ? base.jsonSchema : custom.json_schema,
    speed: told ? speedOf(speed ?? null, first ?? null, source) : base.speed,
    quality: quality === undefined ? base.quality : quality === null ? null : { index: quality, source },
    retention: custom.retention ?? base.retention,
    priceDate: priceDateOf(custom, base, day),
  };
}

function speedOf(
  tokensPerSecond: number | null,
  firstTokenMs: number | null,
  source: string,
): CatalogueModel['speed'] {
  if (tokensPerSecond === null && firstTokenMs === null) return null;
  return { tokensPerSecond, firstTokenMs, source };
}

function priceDateOf(custom: CustomModel, base: CatalogueModel, day: string): string | null {
  if (custom.price_usd_per_million === undefined) return base.priceDate;
  return custom.price_usd_per_million === null ? null : day;
}
