import { z } from 'zod';
import { picoFromUsdPerMillion } from './decimal.ts';

/** Whole pico-dollars (10⁻¹² USD) per token, by disjoint token class. $1 per million tokens is 1,000,000. */
export interface Rates {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
}

/** Rates that hold for the whole request once its input (fresh + cache classes) exceeds the threshold. */
export interface Tier extends Rates {
  readonly aboveInputTokens: number;
}

export interface Price extends Rates {
  /** Ascending by threshold; empty for a flat price. */
  readonly tiers: readonly Tier[];
  /** Where the price comes from, such as `genai-prices 0.1.8` or `override`. */
  readonly source: string;
  /** What this price leaves out, for people. */
  readonly note?: string;
}

/** The price of one model cannot be read. `field` is the path inside `price_usd_per_million`. */
export class PriceError extends Error {
  readonly model: string;
  readonly field: string;

  constructor(model: string, field: string, problem: string) {
    super(`Price of ${model}, ${field}: ${problem}`);
    this.name = 'PriceError';
    this.model = model;
    this.field = field;
  }
}

const EXPECTED = 'must be USD per million tokens: a decimal from 0 to 1000000 with at most 6 decimals';

const Rate = z.union([z.number(), z.string()], { error: EXPECTED }).transform((value, context) => {
  const pico = picoFromUsdPerMillion(value);
  if (pico !== undefined) return pico;
  context.issues.push({ code: 'custom', message: `${EXPECTED}, not ${JSON.stringify(value)}`, input: value });
  return z.NEVER;
});

const rateFields = {
  input: Rate,
  output: Rate,
  cache_read: Rate.optional(),
  cache_write: Rate.optional(),
  cache_write_1h: Rate.optional(),
  reasoning: Rate.optional(),
  audio_input: Rate.optional(),
  audio_output: Rate.optional(),
  image_input: Rate.optional(),
  image_output: Rate.optional(),
};
const RatesUsd = z.strictObject(rateFields);
type RatesUsd = z.output<typeof RatesUsd>;
const TierUsd = z.strictObject({ above_input_tokens: z.int().positive(), ...rateFields });

/** `price_usd_per_million` as a config file states it. What it leaves out follows `parsePrice`'s rules. */
export const PriceUsdPerMillion = z
  .strictObject({ ...rateFields, tiers: z.array(TierUsd).optional(), note: z.string().optional() })
  .superRefine(({ tiers = [], note: _, ...base }, context) => {
    for (const [index, tier] of tiers.entries()) {
      for (const [field, problem] of tierProblems(base, tier, tiers[index - 1])) {
        context.addIssue({ code: 'custom', path: ['tiers', index, field], message: problem });
      }
    }
  });

type TierUsd = z.output<typeof TierUsd>;

function tierProblems(base: RatesUsd, tier: TierUsd, previous: TierUsd | undefined): [string, string][] {
  const { above_input_tokens, ...rates } = tier;
  const missing = Object.keys(base).filter((field) => !(field in rates));
  const problems = missing.map((field): [string, string] => [
    field,
    'is missing: a tier states every class its base price states',
  ]);
  if (previous && previous.above_input_tokens >= above_input_tokens) {
    problems.push([
      'above_input_tokens',
      `must be more than ${previous.above_input_tokens}, the tier before`,
    ]);
  }
  return problems;
}

/**
 * Reads `price_usd_per_million`. A class that is left out costs what it falls back to: cache reads and cache
 * writes the input price (no discount is assumed), one-hour writes the other writes' price, reasoning the
 * output price. Explicit zeros are a free model.
 *
 * @throws {PriceError} naming the model and the field, for anything else.
 */
export function parsePrice(model: string, raw: unknown, source: string): Price {
  const parsed = PriceUsdPerMillion.safeParse(raw);
  if (!parsed.success) throw firstError(model, parsed.error.issues);
  const { tiers = [], note, ...base } = parsed.data;
  return {
    ...ratesOf(base),
    tiers: tiers.map(({ above_input_tokens, ...rates }) => ({
      aboveInputTokens: above_input_tokens,
      ...ratesOf(rates),
    })),
    source,
    ...(note === undefined ? {} : { note }),
  };
}

function ratesOf(usd: RatesUsd): Rates {
  const cacheWrite5m = usd.cache_write ?? usd.input;
  return {
    input: usd.input,
    cacheRead: usd.cache_read ?? usd.input,
    cacheWrite5m,
    cacheWrite1h: usd.cache_write_1h ?? cacheWrite5m,
    output: usd.output,
    reasoning: usd.reasoning ?? usd.output,
    ...(usd.audio_input === undefined ? {} : { audioInput: usd.audio_input }),
    ...(usd.audio_output === undefined ? {} : { audioOutput: usd.audio_output }),
    ...(usd.image_input === undefined ? {} : { imageInput: usd.image_input }),
    ...(usd.image_output === undefined ? {} : { imageOutput: usd.image_output }),
  };
}

function firstError(model: string, issues: readonly z.core.$ZodIssue[]): PriceError {
  const issue = issues[0];
  const path = issue?.path.map(String) ?? [];
  if (issue?.code !== 'unrecognized_keys') {
    return new PriceError(
      model,
      path.join('.') || 'price_usd_per_million',
      issue?.message ?? 'is not readable',
    );
  }
  const known = Object.keys(rateFields).join(', ');
  return new PriceError(
    model,
    [...path, ...issue.keys.slice(0, 1)].join('.'),
    `is not a token class: ${known}`,
  );
}
