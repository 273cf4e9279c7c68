import { effectivePrices, type NanoUsd, nanoUsd } from './cost.ts';
import { lineOf, type Price, type PriceLine } from './price.ts';
import { type Rates, rateOfClass } from './rates.ts';
import {
  type CallClass,
  callClasses,
  type TokenClass,
  tokenClasses,
  totalInputTokens,
  type Usage,
} from './usage.ts';

/** One line of a call's bill. */
export interface CostLine {
  /** `surcharge`: what a promised region adds to the tokens before it. */
  readonly kind: 'tokens' | 'calls' | 'surcharge';
  readonly class: TokenClass | CallClass | 'region';
  /** Tokens or calls; of a surcharge, per cent. */
  readonly quantity: number;
  /** Pico-dollars (10⁻¹² USD) a token or a call; of a surcharge, those of the tokens it is on. `null`: no price is known. */
  readonly unitPicoUsd: number | null;
  /** `null`: no price is known, which is not 0. */
  readonly costNanoUsd: NanoUsd | null;
}

/** Where the prices of a call come from. */
export interface PriceBasis {
  /** How the provider says it served: `standard`, `batch`, `flex`, `priority`, …. */
  readonly mode: string;
  /** The highest threshold that the input exceeds, in tokens; `null` below all tiers. */
  readonly aboveInputTokens: number | null;
  /** The price is one that holds on some days or in some hours only. */
  readonly isPeriod: boolean;
  /** Where inference was promised to take place; empty: anywhere. */
  readonly region: string;
  /** Where the price was found, such as `genai-prices 0.1.8` or `override`; `null`: nowhere. */
  readonly source: string | null;
}

/** A call's cost, line by line. */
export interface CallCost {
  readonly basis: PriceBasis;
  /** What occurred, in the order of the classes, calls of tools after tokens. */
  readonly lines: readonly CostLine[];
  /** Exactly the sum of the lines, and what `costOf` says; `null` as soon as one of them is unpriced. */
  readonly costNanoUsd: NanoUsd | null;
}

/** Pico-dollars in hundredths: what a surcharge of whole per cent leaves exact. */
const hundredthsOfPico = 100n;
const hundredthsOfNano = 100_000n;

/**
 * What `costOf` adds up, line by line. A line's nano-dollars are the rounded sum up to it less the rounded sum before it:
 * each is within one nano-dollar of its own cost, and together they are the total to the nano-dollar.
 *
 * @throws {RangeError} when a cost reaches 2⁵³ nano-dollars.
 */
export function costLinesOf(usage: Usage, price: Price | undefined, at?: number): CallCost {
  const line = price === undefined ? undefined : lineOf(price, usage.serviceTier, at);
  const tier = line?.tiers.findLast(({ aboveInputTokens }) => totalInputTokens(usage) > aboveInputTokens);
  const lines = addCosts([
    ...tokenLines(usage, line),
    ...surchargeLines(usage, line, price),
    ...callLines(usage, line === undefined ? undefined : price),
  ]);
  return {
    basis: {
      mode: usage.serviceTier ?? 'standard',
      aboveInputTokens: tier?.aboveInputTokens ?? null,
      isPeriod: line !== undefined && usage.serviceTier === undefined && line !== price,
      region: usage.region ?? '',
      source: price?.source ?? null,
    },
    lines,
    // A model without a price is unpriced even for a call that used nothing.
    costNanoUsd: line === undefined ? null : sumOf(lines),
  };
}

type Uncosted = Omit<CostLine, 'costNanoUsd'>;

function tokenLines(usage: Usage, line: PriceLine | undefined): readonly Uncosted[] {
  const rates = line === undefined ? undefined : effectivePrices(line, totalInputTokens(usage));
  return tokenClasses
    .filter((name) => (usage[name] ?? 0) > 0)
    .map((name) => ({
      kind: 'tokens',
      class: name,
      quantity: usage[name] ?? 0,
      unitPicoUsd: rateOf(rates, name),
    }));
}

function rateOf(rates: Rates | undefined, name: TokenClass): number | null {
  return rates?.[rateOfClass[name]] ?? null;
}

function surchargeLines(
  usage: Usage,
  line: PriceLine | undefined,
  price: Price | undefined,
): readonly Uncosted[] {
  const percent = price?.regionalPercent ?? 0;
  if (usage.region === undefined || percent === 0) return [];
  let tokens: number | null = 0;
  for (const { quantity, unitPicoUsd } of tokenLines(usage, line))
    tokens = tokens === null || unitPicoUsd === null ? null : tokens + quantity * unitPicoUsd;
  return [{ kind: 'surcharge', class: 'region', quantity: percent, unitPicoUsd: tokens }];
}

function callLines(usage: Usage, price: Price | undefined): readonly Uncosted[] {
  return callClasses
    .filter((name) => (usage[name] ?? 0) > 0)
    .map((name) => ({
      kind: 'calls',
      class: name,
      quantity: usage[name] ?? 0,
      unitPicoUsd: price?.calls[name] ?? null,
    }));
}

function addCosts(lines: readonly Uncosted[]): readonly CostLine[] {
  let tokens = 0n;
  let exact = 0n;
  let rounded = 0n;
  return lines.map((line) => {
    if (line.unitPicoUsd === null) return { ...line, costNanoUsd: null };
    const product = BigInt(line.quantity) * BigInt(line.unitPicoUsd);
    if (line.kind === 'tokens') tokens += product;
    // A surcharge's per cent are of the sum of tokens, taken from here: as a number it may have lost its last digits.
    exact += line.kind === 'surcharge' ? BigInt(line.quantity) * tokens : product * hundredthsOfPico;
    const next = (exact + hundredthsOfNano / 2n) / hundredthsOfNano;
    const cost = Number(next - rounded);
    rounded = next;
    return { ...line, costNanoUsd: nanoUsd(cost) };
  });
}

function sumOf(lines: readonly CostLine[]): NanoUsd | null {
  let sum = 0;
  for (const { costNanoUsd } of lines) {
    if (costNanoUsd === null) return null;
    sum += costNanoUsd;
  }
  return nanoUsd(sum);
}
