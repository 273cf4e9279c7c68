import { z } from 'zod';
import type { FileEntry } from './build-entries.ts';
import type { PriceMap } from './read-modes.ts';
import { isDate, type UsdPrice } from './read-prices.ts';
import { familyOf } from './vendors.ts';

/** Models that only LiteLLM's price map lists: embeddings, and Alibaba Cloud's. */
const Mapped = z.looseObject({
  mode: z.string(),
  max_input_tokens: z.number().int().positive(),
  max_output_tokens: z.number().int().positive().optional(),
  input_cost_per_token: z.number().positive().optional(),
  output_cost_per_token: z.number().optional(),
  cache_read_input_token_cost: z.number().positive().optional(),
  output_cost_per_reasoning_token: z.number().positive().optional(),
  tiered_pricing: z
    .array(
      z.looseObject({
        range: z.tuple([z.number(), z.number()]),
        input_cost_per_token: z.number().positive(),
        output_cost_per_token: z.number().positive(),
        cache_read_input_token_cost: z.number().positive().optional(),
        output_cost_per_reasoning_token: z.number().positive().optional(),
      }),
    )
    .optional(),
  supports_function_calling: z.boolean().optional(),
  supports_reasoning: z.boolean().optional(),
  supports_vision: z.boolean().optional(),
});
type Mapped = z.output<typeof Mapped>;
type Rated = Pick<
  Mapped,
  | 'input_cost_per_token'
  | 'output_cost_per_token'
  | 'cache_read_input_token_cost'
  | 'output_cost_per_reasoning_token'
>;

/** Embedding models by provider; the name in the map stands behind the id. */
const embeddings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  openai: {
    'text-embedding-3-small': 'text-embedding-3-small',
    'text-embedding-3-large': 'text-embedding-3-large',
    'text-embedding-ada-002': 'text-embedding-ada-002',
  },
  google: {
    'gemini-embedding-001': 'gemini/gemini-embedding-001',
    'gemini-embedding-2': 'gemini/gemini-embedding-2',
  },
  mistral: { 'mistral-embed': 'mistral/mistral-embed', 'codestral-embed': 'mistral/codestral-embed' },
  azure: {
    'text-embedding-3-small': 'azure/text-embedding-3-small',
    'text-embedding-3-large': 'azure/text-embedding-3-large',
    'text-embedding-ada-002': 'azure/text-embedding-ada-002',
  },
};

/** Chat models that speak or draw, by provider; the listings leave them out. */
const speaking: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  openai: { 'gpt-audio': 'gpt-audio', 'gpt-audio-1.5': 'gpt-audio-1.5', 'gpt-audio-mini': 'gpt-audio-mini' },
  google: {
    'gemini-2.5-flash-image': 'gemini/gemini-2.5-flash-image',
    'gemini-3-pro-image': 'gemini/gemini-3-pro-image',
    'gemini-3.1-flash-image': 'gemini/gemini-3.1-flash-image',
  },
};

const Speaking = z.looseObject({
  max_input_tokens: z.number().int().positive(),
  max_output_tokens: z.number().int().positive(),
  input_cost_per_token: z.number().positive(),
  output_cost_per_token: z.number().positive(),
  cache_read_input_token_cost: z.number().positive().optional(),
  input_cost_per_audio_token: z.number().positive().optional(),
  output_cost_per_audio_token: z.number().positive().optional(),
  output_cost_per_image_token: z.number().positive().optional(),
});

/** The models of a provider that answer in sound or images beside text. */
export function speakingModelsOf(map: PriceMap, provider: string): Record<string, FileEntry> {
  return Object.fromEntries(
    Object.entries(speaking[provider] ?? {}).flatMap(([id, key]) => {
      const entry = Speaking.safeParse(map[key]).data;
      if (entry === undefined) return [];
      const draws = entry.output_cost_per_image_token !== undefined;
      const model: FileEntry = {
        name: id,
        family: familyOf(id),
        ...(draws ? {} : { dialects: ['openai-chat'] }),
        context: entry.max_input_tokens,
        maxOutput: entry.max_output_tokens,
        input: ['text', draws ? 'image' : 'audio'],
        output: ['text', draws ? 'image' : 'audio'],
        ...(draws ? { tools: false } : {}),
        price: {
          input: usd(entry.input_cost_per_token),
          output: usd(entry.output_cost_per_token),
          ...optional('cache_read', entry.cache_read_input_token_cost),
          ...optional('audio_input', entry.input_cost_per_audio_token),
          ...optional('audio_output', entry.output_cost_per_audio_token),
          ...optional('image_output', entry.output_cost_per_image_token),
        },
        priceSource: 2,
      };
      return [[id, model]];
    }),
  );
}

function optional<N extends string>(name: N, perToken: number | undefined) {
  return perToken === undefined ? {} : { [name]: usd(perToken) };
}

/** The embedding models of a provider: they answer no tokens, so output costs nothing and no text comes out. */
export function embeddingsOf(map: PriceMap, provider: string): Record<string, FileEntry> {
  return Object.fromEntries(
    Object.entries(embeddings[provider] ?? {}).flatMap(([id, key]) => {
      const entry = Mapped.safeParse(map[key]).data;
      if (entry?.input_cost_per_token === undefined) return [];
      const model: FileEntry = {
        name: id,
        family: familyOf(id),
        dialects: ['openai-embeddings'],
        context: entry.max_input_tokens,
        maxOutput: null,
        output: [],
        tools: false,
        price: { input: usd(entry.input_cost_per_token), output: 0 },
        priceSource: 2,
      };
      return [[id, model]];
    }),
  );
}

/** Chat models that the map lists for a provider under `prefix/`; dated snapshots of a listed model are left out. */
export function chatModelsOf(map: PriceMap, prefix: string): Record<string, FileEntry> {
  const found = Object.entries(map).flatMap(([key, value]): [string, FileEntry][] => {
    if (!key.startsWith(`${prefix}/`)) return [];
    const entry = Mapped.safeParse(value).data;
    const id = key.slice(prefix.length + 1);
    const stem = id.replace(/-(\d{4}-\d{2}-\d{2})$/, (end, day) => (isDate(day) ? '' : end));
    if (entry?.mode !== 'chat' || (stem !== id && `${prefix}/${stem}` in map)) return [];
    return [[id, chatModel(id, entry)]];
  });
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function chatModel(id: string, entry: Mapped): FileEntry {
  const price = priceOf(entry);
  return {
    name: id,
    family: familyOf(id),
    context: entry.max_input_tokens,
    maxOutput: entry.max_output_tokens ?? null,
    ...(entry.supports_vision === true ? { input: ['text', 'image'] } : {}),
    ...(entry.supports_function_calling === true ? {} : { tools: false }),
    ...(entry.supports_reasoning === true ? { reasoning: true } : {}),
    ...(price === undefined ? {} : { price, priceSource: 2 }),
  };
}

/** The ranges begin at 0; each further one is a tier. */
function priceOf(entry: Mapped): UsdPrice | undefined {
  const [first, ...above] = entry.tiered_pricing ?? [];
  const base = ratesOf(first ?? entry);
  if (base === undefined) return undefined;
  const tiers = above.flatMap((range) => {
    const rates = ratesOf(range);
    return rates === undefined ? [] : [{ ...rates, above_input_tokens: range.range[0] }];
  });
  const whole = tiers.every((tier) => Object.keys(base).every((name) => name in tier));
  if (tiers.length < above.length || !whole) return undefined;
  return { ...base, ...(tiers.length > 0 ? { tiers } : {}) };
}

function ratesOf(rated: Rated) {
  const { input_cost_per_token: input, output_cost_per_token: output } = rated;
  const { cache_read_input_token_cost: read, output_cost_per_reasoning_token: reasoning } = rated;
  if (input === undefined || output === undefined || output <= 0) return undefined;
  return {
    input: usd(input),
    output: usd(output),
    ...(read === undefined ? {} : { cache_read: usd(read) }),
    ...(reasoning === undefined ? {} : { reasoning: usd(reasoning) }),
  };
}

function usd(perToken: number): number {
  return Number((perToken * 1e6).toFixed(6));
}
