import { costOf, type Price, type PriceBook, priceOf, type Rates } from '../catalogue/index.ts';
import type { TokenFactors } from './estimate/estimator.ts';
import { scaledUsage } from './estimate/scale-usage.ts';
import { inputClasses, type RecordFacts } from './prepare-records.ts';
import { carriedOver, probeOf, type SpecialUsage } from './special-usage.ts';

/** Rates a line. */
export const classes = 6;

/**
 * The prices a simulation needs as one flat array: six rates a line in the order of `tokenColumns`, whole pico-dollars a
 * token. Line 0 is free. A price with tiers is a line followed by one a tier.
 */
export interface PriceTable {
  readonly rates: Float64Array;
  /** By line: tiers that follow it. */
  readonly tiers: Uint8Array;
  /** By line: the total input above which it holds. */
  readonly above: Float64Array;
  /** By line: the price it begins; line 0 has none. */
  readonly prices: readonly (Price | undefined)[];
  /** The line of a target; `undefined` where it has no price, or none for what a row used. */
  readonly lineOf: LineOf;
}

/** `stays`: the row's own target, which would serve it in the same way; another target may serve in the standard way. */
export type LineOf = (target: string, special: SpecialUsage, stays: boolean) => number | undefined;

export function makePriceTable(priceBook: PriceBook, targets: Iterable<string>): PriceTable {
  const lines: {
    readonly rates: Rates;
    readonly tiers: number;
    readonly above: number;
    readonly price?: Price;
  }[] = [];
  const known = new Map<string, number>();
  for (const target of targets) {
    const price = priceOf(priceBook, target);
    if (price === undefined || known.has(target)) continue;
    known.set(target, lines.length + 1);
    lines.push({ rates: price, tiers: price.tiers.length, above: 0, price });
    for (const tier of price.tiers) lines.push({ rates: tier, tiers: 0, above: tier.aboveInputTokens });
  }
  const prices = [undefined, ...lines.map(({ price }) => price)];
  return {
    rates: Float64Array.from([0, 0, 0, 0, 0, 0, ...lines.flatMap(({ rates }) => inOrder(rates))]),
    tiers: Uint8Array.from([0, ...lines.map(({ tiers }) => tiers)]),
    above: Float64Array.from([0, ...lines.map(({ above }) => above)]),
    prices,
    lineOf: (target, special, stays) => {
      const line = known.get(target);
      const price = line === undefined ? undefined : prices[line];
      return price !== undefined && hasRates(price, special, stays) ? line : undefined;
    },
  };
}

function hasRates(price: Price, special: SpecialUsage, stays: boolean): boolean {
  const probe = probeOf(special);
  return costOf(stays ? probe : carriedOver(probe, price), price) !== 'unpriced';
}

function inOrder(rates: Rates): readonly number[] {
  return [
    rates.input,
    rates.cacheRead,
    rates.cacheWrite5m,
    rates.cacheWrite1h,
    rates.output,
    rates.reasoning,
  ];
}

/**
 * What a row costs by a line of the table, in whole nano-dollars: exactly what `costOf` says, and so what the gateway
 * would have logged. Rows of the six usual classes at a price that no date changes are summed here, faster; the rest, a
 * few, are handed to `costOf`. A law holds the two to each other.
 */
export function priceRow(
  table: PriceTable,
  line: number,
  facts: RecordFacts,
  row: number,
  factors: TokenFactors | null = null,
): number {
  const price = table.prices[line];
  if (price !== undefined && (facts.special.codes[row] !== 0 || price.periods.length > 0))
    return priceExactly(price, facts, row, factors);
  const input = factors === null ? 1 : factors.input;
  const output = factors === null ? 1 : (factors.output[facts.tasks.codes[row] as number] as number);
  const tier =
    table.tiers[line] === 0 ? line : tierOf(table, line, input * (facts.totalInput()[row] as number));
  const { values, width, places } = facts.tokens;
  let pico = 0;
  for (const [at, place] of places.entries())
    pico +=
      (values[width * row + at] as number) *
      ((table.rates[classes * tier + place] as number) * (place < inputClasses ? input : output));
  return nanoFromPico(pico);
}

/** Rows without a price are kept away by the cost rules; 0 adds nothing where one slips through. */
function priceExactly(price: Price, facts: RecordFacts, row: number, factors: TokenFactors | null): number {
  const usage = scaledUsage(facts.usageAt(row), factors, facts.tasks.codes[row] ?? 0);
  const cost = costOf(carriedOver(usage, price), price, facts.timeAt(row));
  return cost === 'unpriced' ? 0 : cost;
}

/** The line of the highest tier whose threshold the total input exceeds. */
export function tierOf({ tiers, above }: PriceTable, line: number, input: number): number {
  for (let tier = line + (tiers[line] as number); tier > line; tier -= 1) {
    if (input > (above[tier] as number)) return tier;
  }
  return line;
}

/**
 * Pico-dollars → nano-dollars, half up. One division is enough up to 2^53 − 500 pico-dollars ($9,007 a call): a result
 * just below a whole number is then still nearer to its own neighbour. Beyond, sums of pico-dollars are not exact anyway.
 */
export function nanoFromPico(pico: number): number {
  return Math.floor((pico + 500) / 1_000);
}
