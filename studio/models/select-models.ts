import type { ModelRow } from '../client/queries.ts';
import type { Sorting } from '../look/table.tsx';

export interface ModelFilter {
  readonly search: string;
  readonly provider: string | null;
  readonly servedOnly: boolean;
  readonly tools: boolean;
  readonly reasoning: boolean;
  readonly images: boolean;
}

export const noFilter: ModelFilter = {
  search: '',
  provider: null,
  servedOnly: false,
  tools: false,
  reasoning: false,
  images: false,
};

const sortKeys: Readonly<Record<string, (model: ModelRow) => number | string | null>> = {
  id: (model) => model.id,
  context: (model) => model.context,
  priceInput: (model) => model.priceInput,
  priceOutput: (model) => model.priceOutput,
  priceCacheRead: (model) => model.priceCacheRead,
  tokensPerSecond: (model) => model.tokensPerSecond,
  quality: (model) => model.quality,
};

/** The models that fit, sorted. What is unknown stands last, whichever way the order goes; ties by id. */
export function selectModels(
  models: readonly ModelRow[],
  filter: ModelFilter,
  sorting: Sorting,
): readonly ModelRow[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (model: ModelRow): boolean =>
    words.every((word) => model.id.toLowerCase().includes(word) || model.name.toLowerCase().includes(word)) &&
    (filter.provider === null || model.provider === filter.provider) &&
    (!filter.servedOnly || model.served !== 'none') &&
    (!filter.tools || model.tools === true) &&
    (!filter.reasoning || model.reasoning === true) &&
    (!filter.images || model.input.includes('image'));
  const key = sortKeys[sorting.by] ?? sortKeys.id;
  if (key === undefined) return models.filter(fits);
  return models
    .filter(fits)
    .sort(
      (left, right) => compare(key(left), key(right), sorting.descending) || (left.id < right.id ? -1 : 1),
    );
}

function compare(left: number | string | null, right: number | string | null, descending: boolean): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return (left < right ? -1 : 1) * (descending ? -1 : 1);
}

export function providersOf(models: readonly ModelRow[]): readonly string[] {
  return [...new Set(models.map((model) => model.provider))].sort();
}
