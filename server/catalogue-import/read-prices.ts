import { calcPrice, type MatchLogic, type ModelInfo, type ModelPrice } from '@pydantic/genai-prices';
import type { z } from 'zod';
import type { PriceUsdPerMillion } from '#engine/catalogue/price.ts';
import type { Cost } from './read-rows.ts';

export type UsdPrice = z.input<typeof PriceUsdPerMillion>;
export type UsdRates = Omit<
  UsdPrice,
  'tiers' | 'note' | 'modes' | 'periods' | 'per_thousand_calls' | 'regional_percent'
>;
/** Rates and their tiers, without what a whole price adds. */
export type UsdLine = UsdRates & Pick<UsdPrice, 'tiers'>;
type UsdPeriod = NonNullable<UsdPrice['periods']>[number];

const CLASSES: readonly (readonly [string, keyof UsdRates])[] = [
  ['input_mtok', 'input'],
  ['output_mtok', 'output'],
  ['cache_read_mtok', 'cache_read'],
  ['cache_write_mtok', 'cache_write'],
  ['cache_write_1h_mtok', 'cache_write_1h'],
  ['output_reasoning_mtok', 'reasoning'],
  ['input_audio_mtok', 'audio_input'],
  ['cache_audio_read_mtok', 'audio_cache_read'],
  ['output_audio_mtok', 'audio_output'],
  ['input_image_mtok', 'image_input'],
  ['output_image_mtok', 'image_output'],
];

export interface FoundPrice {
  readonly price: UsdPrice;
  readonly info: ModelInfo;
  /** Bills something besides tokens on every request, so tokens alone would state too little. */
  readonly billsRequests: boolean;
}

/** The price genai-prices states for a model of one of its providers on a day. */
export function genaiPrice(provider: string, id: string, day: Date): FoundPrice | undefined {
  const found = calcPrice({ input_tokens: 1 }, id, { providerId: provider, timestamp: day });
  if (found === null || found.provider.id !== provider) return undefined;
  const { base, periods } = byTime(found.model, day);
  const price = usdPrice(base);
  if (price === undefined) return undefined;
  const calls = callsIn(base);
  return {
    price: {
      ...price,
      ...(periods.length > 0 ? { periods: periods.map((period) => withClassesOf(price, period)) } : {}),
      ...(calls === undefined ? {} : { per_thousand_calls: calls }),
    },
    info: found.model,
    billsRequests: 'requests_kcount' in base,
  };
}

/** A class that only one of two prices of a model states costs the input price in the other, as the source counts it. */
function withClassesOf(base: UsdLine, period: UsdPeriod): UsdPeriod {
  const missing = CLASSES.map(([, name]) => name).filter((name) => name in base && !(name in period));
  return { ...period, ...Object.fromEntries(missing.map((name) => [name, period.input])) };
}

/** Prices by the call, per thousand as the source states them. */
function callsIn(stated: ModelPrice): UsdPrice['per_thousand_calls'] {
  const { web_searches_kcount: web, storage_searches_kcount: files } = stated;
  if (typeof web !== 'number' && typeof files !== 'number') return undefined;
  return {
    ...(typeof web === 'number' ? { web_search: web } : {}),
    ...(typeof files === 'number' ? { file_search: files } : {}),
  };
}

/**
 * The price of the day, and those of other days and hours. The source lists them in order, the later counting where both
 * hold; prices of certain hours hold from the day of the price before them in the list.
 */
function byTime(
  { prices }: ModelInfo,
  day: Date,
): { readonly base: ModelPrice; readonly periods: readonly UsdPeriod[] } {
  if (!Array.isArray(prices)) return { base: prices, periods: [] };
  const dated: { from: string | undefined; price: ModelPrice }[] = [];
  const hours: UsdPeriod[] = [];
  for (const { constraint, prices: price } of prices) {
    if (constraint?.type !== 'time_of_date') {
      dated.push({ from: constraint?.start_date, price });
      continue;
    }
    const line = usdPrice(price);
    const from = dated.at(-1)?.from;
    if (line === undefined) continue;
    const clock: [string, string] = [constraint.start_time.slice(0, 5), constraint.end_time.slice(0, 5)];
    hours.push({ ...(from === undefined ? {} : { from }), hours: clock, ...line });
  }
  const today = day.toISOString().slice(0, 10);
  const now = dated.findLastIndex(({ from }) => from === undefined || from <= today);
  const others = dated.flatMap(({ from, price }, index): UsdPeriod[] => {
    const line = usdPrice(price);
    const until = dated[index + 1]?.from;
    if (index === now || line === undefined) return [];
    return [{ ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }), ...line }];
  });
  const base = dated[now]?.price;
  if (base === undefined) throw new Error('A model without a price for the day');
  return { base, periods: [...hours.reverse(), ...others] };
}

function usdPrice(stated: ModelPrice): UsdLine | undefined {
  const base = ratesAt(stated, 0);
  const { input, output } = base;
  if (input === undefined || output === undefined) return undefined;
  const starts = new Set(
    CLASSES.flatMap(([key]) => {
      const value = stated[key];
      return typeof value === 'object' ? value.tiers.map(({ start }) => start) : [];
    }),
  );
  const tiers = [...starts]
    .sort((a, b) => a - b)
    .map((start) => ({ input, output, ...ratesAt(stated, start + 1), above_input_tokens: start }));
  return { input, output, ...base, ...(tiers.length > 0 ? { tiers } : {}) };
}

function ratesAt(stated: ModelPrice, inputTokens: number): Partial<UsdRates> {
  return Object.fromEntries(
    CLASSES.flatMap(([key, name]) => {
      const value = stated[key];
      if (value === undefined) return [];
      if (typeof value === 'number') return [[name, micro(value)]];
      const tier = value.tiers.findLast(({ start }) => inputTokens > start);
      return [[name, micro(tier?.price ?? value.base)]];
    }),
  );
}

/** The price a pi-catalog row states; undefined when it states none. It writes 0 for unknown. */
export function rowPrice(cost: Cost): UsdPrice | undefined {
  if (cost.input <= 0 || cost.output <= 0) return undefined;
  const base = { input: micro(cost.input), output: micro(cost.output) };
  const readRate = cost.cacheRead > 0 ? { cache_read: micro(cost.cacheRead) } : {};
  const writeRate = cost.cacheWrite > 0 ? { cache_write: micro(cost.cacheWrite) } : {};
  const price = { ...base, ...readRate, ...writeRate };
  const long = cost.longContext;
  if (long === undefined) return price;
  const tier = {
    input: micro(long.input),
    output: micro(long.output),
    ...(cost.cacheRead > 0 ? { cache_read: micro(long.cacheRead || long.input) } : {}),
    ...(cost.cacheWrite > 0 ? { cache_write: micro(long.cacheWrite || long.input) } : {}),
    above_input_tokens: long.inputThreshold - (long.inputThresholdInclusive ? 1 : 0),
  };
  return { ...price, tiers: [tier] };
}

/** Listings carry float noise (0.19999999999999998): six decimals are all a price has. */
function micro(usd: number): number {
  return Number(usd.toFixed(6));
}

/**
 * Aggregators list a cache read dearer than the input (another host's rate) and, for Gemini, the storage fee
 * alone as a cache write. Such a rate is left out, so that the input price holds.
 */
export function withoutOddCacheRates(price: UsdPrice): UsdPrice {
  const { cache_read, cache_write, ...rest } = price;
  if (price.tiers !== undefined) return price;
  return {
    ...rest,
    ...(cache_read !== undefined && Number(cache_read) <= Number(price.input) ? { cache_read } : {}),
    ...(cache_write !== undefined && Number(cache_write) >= Number(price.input) ? { cache_write } : {}),
  };
}

/** Anthropic documents one-hour cache writes at twice the input price; hosts' listings leave that class out. */
export function withOneHourWrites<T extends UsdLine>(price: T): T {
  if (price.cache_write === undefined || price.cache_write_1h !== undefined) return price;
  return {
    ...price,
    cache_write_1h: micro(Number(price.input) * 2),
    ...(price.tiers === undefined
      ? {}
      : { tiers: price.tiers.map((tier) => ({ ...tier, cache_write_1h: micro(Number(tier.input) * 2) })) }),
  };
}

/** Dated snapshots of a model that genai-prices prices by name, such as `gpt-5-mini-2025-08-07`. */
export function datedNames(info: ModelInfo, id: string): readonly string[] {
  return literals(info.match).filter(
    (name) => name.startsWith(`${id}-`) && isDate(name.slice(id.length + 1)),
  );
}

export function isDate(suffix: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$|^20\d{6}$/.test(suffix);
}

function literals(match: MatchLogic): readonly string[] {
  if ('equals' in match) return [match.equals];
  return 'or' in match ? match.or.flatMap(literals) : [];
}
