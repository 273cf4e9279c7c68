import { costOf, noUsage, type PriceBook, priceOf } from '#engine/catalogue/index.ts';

/**
 * What a call is expected to cost, whole nano-dollars: all input at the fresh price (cached input is cheaper, so this errs
 * on the safe side) plus the expected output at the output price, tiers included. `null` where there is no price.
 */
export function expectedCost(
  target: string,
  { inputTokens, outputTokens }: { readonly inputTokens: number; readonly outputTokens: number },
  { book, at }: { readonly book: PriceBook; readonly at: number },
): number | null {
  const cost = costOf({ ...noUsage, inputTokens, outputTokens }, priceOf(book, target), at);
  return cost === 'unpriced' ? null : cost;
}
