import { z } from 'zod';
import type { Price, Rates } from './price.ts';

const Tokens = z.int().nonnegative();

/** Tokens of one call by disjoint class: they add up to the total. `outputTokens` excludes reasoning. */
export const Usage = z.strictObject({
  inputTokens: Tokens,
  cacheReadTokens: Tokens,
  cacheWrite5mTokens: Tokens,
  cacheWrite1hTokens: Tokens,
  outputTokens: Tokens,
  reasoningTokens: Tokens,
});
export type Usage = Readonly<z.output<typeof Usage>>;

export const noUsage: Usage = Object.freeze({
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
});

declare const nanoUsdBrand: unique symbol;
/** Whole nano-dollars (10⁻⁹ USD), 0 or more, below 2⁵³ (about nine million dollars). */
export type NanoUsd = number & { readonly [nanoUsdBrand]: true };

export function isNanoUsd(value: number): value is NanoUsd {
  return Number.isSafeInteger(value) && value >= 0;
}

/** @throws {RangeError} when the value is no whole number of nano-dollars from 0 to 2⁵³ − 1. */
export function nanoUsd(value: number): NanoUsd {
  if (!isNanoUsd(value))
    throw new RangeError(`${value} is no whole number of nano-dollars from 0 to 2^53 - 1`);
  return value;
}

export function totalInputTokens(usage: Usage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
}

export function totalTokens(usage: Usage): number {
  return totalInputTokens(usage) + usage.outputTokens + usage.reasoningTokens;
}

/**
 * The rates of a request with that much input: those of the highest tier whose threshold the total input
 * (fresh + cache classes) exceeds, for all of its tokens; the base rates when it exceeds none.
 */
export function effectivePrices(price: Price, totalInputTokens: number): Rates {
  return price.tiers.findLast((tier) => totalInputTokens > tier.aboveInputTokens) ?? price;
}

/**
 * Pico-dollars (10⁻¹² USD) of a call, exact and not rounded: for sums that round once at the end.
 *
 * @throws {RangeError} at 2⁵³ (about $9,007 for one call), where a number would stop being exact, and when a
 * token count is no whole number.
 */
export function picoCost(usage: Usage, price: Price): number {
  const pico = sumAsNumber(usage, effectivePrices(price, totalInputTokens(usage)));
  if (!Number.isSafeInteger(pico))
    throw new RangeError(`A call of ${pico} pico-dollars is beyond exact numbers`);
  return pico;
}

/**
 * The cost of a call in whole nano-dollars: the exact pico-dollar sum, rounded once, half up. A model without
 * a price is `unpriced`, never 0; a model stated as free costs 0.
 *
 * @throws {RangeError} when a token count is no whole number or the cost reaches 2⁵³ nano-dollars.
 */
export function costOf(usage: Usage, price: Price | undefined): NanoUsd | 'unpriced' {
  if (price === undefined) return 'unpriced';
  const rates = effectivePrices(price, totalInputTokens(usage));
  const pico = sumAsNumber(usage, rates);
  return nanoUsd(pico + 500 <= Number.MAX_SAFE_INTEGER ? roundToNano(pico) : roundedBigSum(usage, rates));
}

/** Exact whenever the result is a safe integer: no term is negative, and rounding is monotone at 2⁵³. */
function sumAsNumber(usage: Usage, rates: Rates): number {
  requireWholeTokens(usage);
  return (
    usage.inputTokens * rates.input +
    usage.cacheReadTokens * rates.cacheRead +
    usage.cacheWrite5mTokens * rates.cacheWrite5m +
    usage.cacheWrite1hTokens * rates.cacheWrite1h +
    usage.outputTokens * rates.output +
    usage.reasoningTokens * rates.reasoning
  );
}

function requireWholeTokens(usage: Usage): void {
  for (const [name, tokens] of Object.entries(usage)) {
    if (!Number.isSafeInteger(tokens) || tokens < 0) {
      throw new RangeError(`${name} is ${tokens}; a token count is a whole number, 0 or more`);
    }
  }
}

/** Remainder first: dividing first would round wrongly above 2⁴³ nano-dollars. */
function roundToNano(pico: number): number {
  const shifted = pico + 500;
  return (shifted - (shifted % 1000)) / 1000;
}

function roundedBigSum(usage: Usage, rates: Rates): number {
  const sum =
    BigInt(usage.inputTokens) * BigInt(rates.input) +
    BigInt(usage.cacheReadTokens) * BigInt(rates.cacheRead) +
    BigInt(usage.cacheWrite5mTokens) * BigInt(rates.cacheWrite5m) +
    BigInt(usage.cacheWrite1hTokens) * BigInt(rates.cacheWrite1h) +
    BigInt(usage.outputTokens) * BigInt(rates.output) +
    BigInt(usage.reasoningTokens) * BigInt(rates.reasoning);
  return Number((sum + 500n) / 1000n);
}
