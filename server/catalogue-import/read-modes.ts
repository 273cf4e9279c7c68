import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { UsdPrice, UsdRates } from './read-prices.ts';

/**
 * LiteLLM's price map states what the others leave out: batch, flex and priority rates, surcharges for a region, Google's
 * searches. Prices are USD a token there.
 */
const Entry = z.looseObject({
  litellm_provider: z.string().optional(),
  search_context_cost_per_query: z
    .looseObject({ search_context_size_medium: z.number().optional() })
    .nullish(),
  regional_processing_uplift_multiplier_us: z.number().optional(),
  regional_endpoint_uplift_multiplier: z.number().optional(),
  provider_specific_entry: z
    .looseObject({ us: z.number().optional(), fast: z.number().optional() })
    .nullish(),
});
type Entry = z.output<typeof Entry>;
export type PriceMap = Readonly<Record<string, unknown>>;

export function readPriceMap(file: string): PriceMap {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** What an entry adds to a price. */
export type Extras = Pick<UsdPrice, 'modes' | 'regional_percent' | 'per_thousand_calls'>;

const SUFFIXES = { batch: 'batches', flex: 'flex', priority: 'priority' } as const;
const FIELDS: readonly (readonly [keyof UsdRates, string])[] = [
  ['input', 'input_cost_per_token'],
  ['output', 'output_cost_per_token'],
  ['cache_read', 'cache_read_input_token_cost'],
  ['cache_write', 'cache_creation_input_token_cost'],
  ['audio_input', 'input_cost_per_audio_token'],
  ['audio_cache_read', 'cache_read_input_audio_token_cost'],
];

/**
 * The extras of a model, where the map's own standard price is the one that was found: what belongs to another price is
 * of no use. `keys` are the names it may go by there, the best first.
 */
export function extrasOf(map: PriceMap, keys: readonly string[], price: UsdPrice): Extras {
  const key = keys.find((name) => name in map);
  const entry = key === undefined ? undefined : Entry.safeParse(map[key]).data;
  if (entry === undefined || !sameStandard(entry, price)) return {};
  const modes = modesOf(entry, price);
  const percent = regionalPercent(entry);
  const search = entry.search_context_cost_per_query?.search_context_size_medium;
  return {
    ...(Object.keys(modes).length > 0 ? { modes } : {}),
    ...(percent > 0 ? { regional_percent: percent } : {}),
    ...(search === undefined
      ? {}
      : { per_thousand_calls: { web_search: Number((search * 1_000).toFixed(6)) } }),
  };
}

/** What a model takes beside text, as the map says. */
export function modalitiesOf(
  map: PriceMap,
  keys: readonly string[],
): readonly ('image' | 'audio' | 'video' | 'file')[] {
  const key = keys.find((name) => name in map);
  const entry = key === undefined ? undefined : Entry.safeParse(map[key]).data;
  if (entry === undefined) return [];
  return [
    ...(entry.supports_vision === true ? ['image' as const] : []),
    ...(entry.supports_audio_input === true ? ['audio' as const] : []),
    ...(entry.supports_video_input === true ? ['video' as const] : []),
    ...(entry.supports_pdf_input === true ? ['file' as const] : []),
  ];
}

function sameStandard(entry: Entry, price: UsdPrice): boolean {
  return (
    usdPerMillion(entry.input_cost_per_token) === Number(price.input) &&
    usdPerMillion(entry.output_cost_per_token) === Number(price.output)
  );
}

type Line = NonNullable<UsdPrice['modes']>[string];

function modesOf(entry: Entry, price: UsdPrice): Record<string, Line> {
  const stated = Object.entries(SUFFIXES).flatMap(([mode, suffix]) => {
    const line = lineOf(entry, suffix, price);
    return line === undefined ? [] : [[mode, line] as const];
  });
  const fast = entry.provider_specific_entry?.fast;
  return {
    ...Object.fromEntries(stated),
    ...(fast === undefined ? {} : { fast: timesLine(price, fast) }),
  };
}

/** A mode whose long-context rates are not stated gets them in proportion; where there is no one proportion, it is left out. */
function lineOf(entry: Entry, suffix: string, price: UsdPrice): Line | undefined {
  const base = ratesAt(entry, suffix);
  const { input, output } = base;
  if (input === undefined || output === undefined) return undefined;
  const line = { input, output, ...base };
  if (price.tiers === undefined) return line;
  const factor = Number(input) / Number(price.input);
  const proportional = Math.abs(factor - Number(output) / Number(price.output)) < 1e-9;
  const tiers = price.tiers.map((tier) => {
    const stated = ratesAt(entry, `above_${Math.round(tier.above_input_tokens / 1000)}k_tokens_${suffix}`);
    if (stated.input === undefined || stated.output === undefined)
      return proportional
        ? { ...timesRates(tier, factor, base), above_input_tokens: tier.above_input_tokens }
        : undefined;
    const missing = Object.keys(base).filter((name) => stated[name as keyof UsdRates] === undefined);
    const filled = timesRates(tier, factor, base);
    return {
      ...Object.fromEntries(missing.map((name) => [name, filled[name as keyof UsdRates]])),
      ...stated,
      input: stated.input,
      output: stated.output,
      above_input_tokens: tier.above_input_tokens,
    };
  });
  const whole = tiers.filter((tier) => tier !== undefined);
  return whole.length < tiers.length ? undefined : { ...line, tiers: whole };
}

function ratesAt(entry: Entry, suffix: string): Partial<UsdRates> {
  return Object.fromEntries(
    FIELDS.flatMap(([name, field]) => {
      const usd = usdPerMillion(entry[`${field}_${suffix}`]);
      return usd === undefined ? [] : [[name, usd]];
    }),
  );
}

/** The classes of `like` at a multiple of these rates. */
function timesRates(rates: UsdRates, factor: number, like: Partial<UsdRates>): UsdRates {
  const times = (usd: string | number | undefined) => micro(Number(usd ?? rates.input) * factor);
  const classes = Object.keys(like) as (keyof UsdRates)[];
  return {
    ...Object.fromEntries(classes.map((name) => [name, times(rates[name])])),
    input: times(rates.input),
    output: times(rates.output),
  };
}

function timesLine(price: UsdPrice, factor: number): Line {
  const {
    tiers,
    modes: _,
    periods: __,
    per_thousand_calls: ___,
    regional_percent: ____,
    note: _____,
    ...rates
  } = price;
  return {
    ...timesRates(rates, factor, rates),
    ...(tiers === undefined
      ? {}
      : {
          tiers: tiers.map(({ above_input_tokens, ...tier }) => ({
            ...timesRates(tier, factor, tier),
            above_input_tokens,
          })),
        }),
  };
}

function regionalPercent(entry: Entry): number {
  const times =
    entry.provider_specific_entry?.us ??
    entry.regional_processing_uplift_multiplier_us ??
    entry.regional_endpoint_uplift_multiplier ??
    1;
  return Math.round((times - 1) * 100);
}

function usdPerMillion(perToken: unknown): number | undefined {
  return typeof perToken === 'number' && perToken > 0 ? micro(perToken * 1e6) : undefined;
}

function micro(usd: number): number {
  return Number(usd.toFixed(6));
}
