import { lineOf, type Price, type PriceLine } from './price.ts';
import { type Rates, rateOfClass } from './rates.ts';
import { callClasses, tokenClasses, totalInputTokens, type Usage, usageClasses } from './usage.ts';

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

/**
 * The rates of a request with that much input: those of the highest tier whose threshold the total input
 * (all input classes) exceeds, for all of its tokens; the base rates when it exceeds none.
 */
export function effectivePrices(price: PriceLine, totalInputTokens: number): Rates {
  return price.tiers.findLast((tier) => totalInputTokens > tier.aboveInputTokens) ?? price;
}

/**
 * The cost of a call in whole nano-dollars: the exact pico-dollar sum over all classes, rounded once, half up. The one
 * function that says what a call costs; gateway, import and simulator use it.
 *
 * `unpriced`, never 0, where the model has no price, where a class that occurs has no rate (audio, image output and
 * calls of the provider's tools fall back to nothing), and where the provider served in a way (`batch`, `priority`, …)
 * that the price does not state. A model stated as free costs 0.
 *
 * @param at When the call began, ms since 1970: chooses among prices that change by date or hour. Left out: the price
 * that holds on the book's day, off-peak.
 * @throws {RangeError} when a count is no whole number or the cost reaches 2⁵³ nano-dollars.
 */
export function costOf(usage: Usage, price: Price | undefined, at?: number): NanoUsd | 'unpriced' {
  if (price === undefined) return 'unpriced';
  requireWholeCounts(usage);
  const line = lineOf(price, usage.serviceTier, at);
  if (line === undefined) return 'unpriced';
  const rates = effectivePrices(line, totalInputTokens(usage));
  const tokens = sumTokens(usage, rates);
  const calls = sumCalls(usage, price);
  if (tokens === undefined || calls === undefined) return 'unpriced';
  const percent = usage.region === undefined ? 100 : 100 + price.regionalPercent;
  if (percent === 100 && tokens + calls + 500 <= Number.MAX_SAFE_INTEGER)
    return nanoUsd(roundToNano(tokens + calls));
  return nanoUsd(roundedBigSum(usage, rates, price, percent));
}

/**
 * Pico-dollars (10⁻¹² USD) of a call's tokens at the standard price, exact and not rounded: for sums that round once at
 * the end.
 *
 * @throws {RangeError} at 2⁵³ (about $9,007 for one call), where a number would stop being exact, when a count is no
 * whole number, and when a class that occurs has no rate.
 */
export function picoCost(usage: Usage, price: Price): number {
  requireWholeCounts(usage);
  const pico = sumTokens(usage, effectivePrices(price, totalInputTokens(usage)));
  if (pico === undefined) throw new RangeError('A token class that occurs has no rate');
  if (!Number.isSafeInteger(pico))
    throw new RangeError(`A call of ${pico} pico-dollars is beyond exact numbers`);
  return pico;
}

/** Exact whenever the result is a safe integer: no term is negative, and rounding is monotone at 2⁵³. */
function sumTokens(usage: Usage, rates: Rates): number | undefined {
  let sum = 0;
  for (const name of tokenClasses) {
    const tokens = usage[name];
    if (tokens === undefined || tokens === 0) continue;
    const rate = rates[rateOfClass[name]];
    if (rate === undefined) return undefined;
    sum += tokens * rate;
  }
  return sum;
}

function sumCalls(usage: Usage, price: Price): number | undefined {
  let sum = 0;
  for (const name of callClasses) {
    const calls = usage[name];
    if (calls === undefined || calls === 0) continue;
    const rate = price.calls[name];
    if (rate === undefined) return undefined;
    sum += calls * rate;
  }
  return sum;
}

function requireWholeCounts(usage: Usage): void {
  for (const name of usageClasses) {
    const count = usage[name];
    if (count !== undefined && (!Number.isSafeInteger(count) || count < 0)) {
      throw new RangeError(`${name} is ${count}; a count is a whole number, 0 or more`);
    }
  }
}

/** Remainder first: dividing first would round wrongly above 2⁴³ nano-dollars. */
function roundToNano(pico: number): number {
  const shifted = pico + 500;
  return (shifted - (shifted % 1000)) / 1000;
}

/** The surcharge for a region is on tokens, not on calls. Half up, in one go: 1 nano is 1,000 pico, per cent are 100. */
function roundedBigSum(usage: Usage, rates: Rates, price: Price, percent: number): number {
  let tokens = 0n;
  for (const name of tokenClasses) tokens += BigInt(usage[name] ?? 0) * BigInt(rates[rateOfClass[name]] ?? 0);
  let calls = 0n;
  for (const name of callClasses) calls += BigInt(usage[name] ?? 0) * BigInt(price.calls[name] ?? 0);
  return Number((tokens * BigInt(percent) + calls * 100n + 50_000n) / 100_000n);
}
