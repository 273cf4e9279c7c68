import {
  type Catalogue,
  type CatalogueModel,
  costOf,
  noUsage,
  type PriceBook,
  priceOf,
  totalTokens,
  type Usage,
} from '#engine/catalogue/index.ts';
import type { UsageMeasures } from '../../store/usage/usage-query.ts';

/** Sums do not tell the longest call: a model has room for a row's calls when its context holds so many times their mean. */
const roomTimes = 4;

/** What the same tokens would have cost less elsewhere, or why that cannot be said. */
export type RowSaving =
  | { readonly kind: 'known'; readonly model: string; readonly nanoUsd: number }
  /** `media`: sums do not tell audio from images. `no_model`: nothing cheaper in use is stated to do all that this one can. */
  | { readonly kind: 'unknown'; readonly why: 'media' | 'no_model' };

export interface InUse {
  readonly models: readonly string[];
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  /** When prices are asked for, ms since 1970. */
  readonly at: number;
}

/**
 * What calls of one model would have cost less at the cheapest model in use that can do all that it can (what it reads and
 * writes, tools, schemas) and has room for them: the mean call at both prices, as a share of what was spent. The same number of tokens is
 * assumed, though other models count and write others.
 */
export function savingOf(model: string, row: UsageMeasures, inUse: InUse): RowSaving {
  const { models, catalogue, priceBook, at } = inUse;
  if (row.tokens.media > 0) return { kind: 'unknown', why: 'media' };
  const own = catalogue.find(model);
  const usage = meanCall(row);
  const cost = (id: string) => costOf(usage, priceOf(priceBook, id), at);
  const spent = cost(model);
  let best: { readonly model: string; readonly cost: number } | undefined;
  for (const id of own === undefined ? [] : models) {
    const other = catalogue.find(id);
    const price = cost(id);
    if (other === undefined || own === undefined || price === 'unpriced' || spent === 'unpriced') continue;
    if (price >= Math.min(spent, best?.cost ?? spent) || !canAll(other, own)) continue;
    if ((other.context ?? 0) < roomTimes * totalTokens(usage)) continue;
    best = { model: id, cost: price };
  }
  if (best === undefined || spent === 'unpriced') return { kind: 'unknown', why: 'no_model' };
  const nanoUsd = Math.round(row.costNanoUsd * (1 - best.cost / spent));
  return { kind: 'known', model: best.model, nanoUsd };
}

/** One call with the means of all: prices that depend on the length of a call are not asked about the sum. */
function meanCall({ tokens, calls }: UsageMeasures): Usage {
  const mean = (sum: number) => Math.round(sum / Math.max(1, calls));
  return {
    ...noUsage,
    inputTokens: mean(tokens.input),
    cacheReadTokens: mean(tokens.cacheRead),
    cacheWrite5mTokens: mean(tokens.cacheWrite),
    outputTokens: mean(tokens.output),
    reasoningTokens: mean(tokens.reasoning),
  };
}

/** What nobody states, a model cannot. */
function canAll(other: CatalogueModel, own: CatalogueModel): boolean {
  return (
    own.modalities.input.every((one) => other.modalities.input.includes(one)) &&
    own.modalities.output.every((one) => other.modalities.output.includes(one)) &&
    (other.tools || !own.tools) &&
    (other.jsonSchema === true || own.jsonSchema !== true)
  );
}
