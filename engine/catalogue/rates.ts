import { z } from 'zod';
import { picoFromUsdPerMillion } from './decimal.ts';
import type { TokenClass } from './usage.ts';

/**
 * Whole pico-dollars (10⁻¹² USD) per token, by disjoint token class. $1 per million tokens is 1,000,000. Images cost what
 * text costs unless stated; the other optional classes have no rate where none is stated.
 */
export interface Rates {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly reasoning: number;
  readonly imageInput: number;
  readonly audioInput?: number;
  readonly audioCacheRead?: number;
  readonly audioOutput?: number;
  readonly imageOutput?: number;
}

/** The rate of each token class. */
export const rateOfClass = {
  inputTokens: 'input',
  cacheReadTokens: 'cacheRead',
  cacheWrite5mTokens: 'cacheWrite5m',
  cacheWrite1hTokens: 'cacheWrite1h',
  audioInputTokens: 'audioInput',
  audioCacheReadTokens: 'audioCacheRead',
  imageInputTokens: 'imageInput',
  outputTokens: 'output',
  reasoningTokens: 'reasoning',
  audioOutputTokens: 'audioOutput',
  imageOutputTokens: 'imageOutput',
} as const satisfies Readonly<Record<TokenClass, keyof Rates>>;

const EXPECTED = 'must be USD per million tokens: a decimal from 0 to 1000000 with at most 6 decimals';

function decimal(expected: string, factor: number) {
  return z.union([z.number(), z.string()], { error: expected }).transform((value, context) => {
    const pico = picoFromUsdPerMillion(value);
    if (pico !== undefined) return pico * factor;
    context.issues.push({
      code: 'custom',
      message: `${expected}, not ${JSON.stringify(value)}`,
      input: value,
    });
    return z.NEVER;
  });
}

const Rate = decimal(EXPECTED, 1);
/** USD per thousand calls → pico-dollars a call. */
export const CallRate = decimal(
  'must be USD per thousand calls: a decimal from 0 to 1000000 with at most 6 decimals',
  1_000,
);

/** The classes of a price as a config file states them. */
export const rateFields = {
  input: Rate,
  output: Rate,
  cache_read: Rate.optional(),
  cache_write: Rate.optional(),
  cache_write_1h: Rate.optional(),
  reasoning: Rate.optional(),
  audio_input: Rate.optional(),
  audio_cache_read: Rate.optional(),
  audio_output: Rate.optional(),
  image_input: Rate.optional(),
  image_output: Rate.optional(),
};
const RatesUsd = z.strictObject(rateFields);
export type RatesUsd = z.output<typeof RatesUsd>;

/**
 * What is left out: cache reads and writes cost the input price (no discount is assumed), one-hour writes the other
 * writes' price, reasoning the output price, images in the input price, cached audio the audio price. Audio and images
 * out have no rate: they cost many times what text costs.
 */
export function ratesOf(usd: RatesUsd): Rates {
  const cacheWrite5m = usd.cache_write ?? usd.input;
  const audioCacheRead = usd.audio_cache_read ?? usd.audio_input;
  return {
    input: usd.input,
    cacheRead: usd.cache_read ?? usd.input,
    cacheWrite5m,
    cacheWrite1h: usd.cache_write_1h ?? cacheWrite5m,
    output: usd.output,
    reasoning: usd.reasoning ?? usd.output,
    imageInput: usd.image_input ?? usd.input,
    ...(usd.audio_input === undefined ? {} : { audioInput: usd.audio_input }),
    ...(audioCacheRead === undefined ? {} : { audioCacheRead }),
    ...(usd.audio_output === undefined ? {} : { audioOutput: usd.audio_output }),
    ...(usd.image_output === undefined ? {} : { imageOutput: usd.image_output }),
  };
}

/** The rates by the names a config file gives them. */
export const rateNames = {
  input: 'input',
  output: 'output',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  reasoning: 'reasoning',
  audio_input: 'audioInput',
  audio_cache_read: 'audioCacheRead',
  audio_output: 'audioOutput',
  image_input: 'imageInput',
  image_output: 'imageOutput',
} as const satisfies Readonly<Record<keyof RatesUsd, keyof Rates>>;
