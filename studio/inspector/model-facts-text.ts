import type { ModelRow } from '../client/queries.ts';
import { formatPrice, formatTokens } from '../look/format.ts';

/** `$0.25 in · $2 out · 400k context · quality 61`; what is unknown is left out. */
export function modelFactsText({ priceInput, priceOutput, context, quality }: ModelRow): string {
  const price =
    priceInput === null
      ? 'no price'
      : priceInput === 0 && priceOutput === 0
        ? 'free'
        : `${formatPrice(priceInput)} in · ${formatPrice(priceOutput)} out`;
  return [
    price,
    ...(context === null ? [] : [`${formatTokens(context)} context`]),
    ...(quality === null ? [] : [`quality ${Math.round(quality)}`]),
  ].join(' · ');
}
