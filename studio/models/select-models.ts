import type { ModelRow } from '../client/queries.ts';
import { finderOf } from '../look/found-by.ts';
import type { Sorting } from '../look/table.tsx';

/** What a model can be asked for, beside its figures. */
export const abilities = [
  'tools',
  'reasoning',
  'image',
  'audio',
  'video',
  'file',
  'jsonSchema',
] as const satisfies readonly string[];
export type Ability = (typeof abilities)[number];

export interface ModelFilter {
  readonly search: string;
  readonly provider: string | null;
  /** USD per million input tokens, at most; a model without a price fits no limit. */
  readonly maxPrice: number | null;
  readonly minContext: number | null;
  readonly minSpeed: number | null;
  readonly minQuality: number | null;
  /** All of them. */
  readonly can: readonly Ability[];
  readonly servedOnly: boolean;
  /** Stated in the studio or the config file. */
  readonly ownOnly: boolean;
}

export const noFilter: ModelFilter = {
  search: '',
  provider: null,
  maxPrice: null,
  minContext: null,
  minSpeed: null,
  minQuality: null,
  can: [],
  servedOnly: false,
  ownOnly: false,
};

export function isFiltered(filter: ModelFilter): boolean {
  return JSON.stringify(filter) !== JSON.stringify(noFilter);
}

const sortKeys: Readonly<Record<string, (model: ModelRow) => number | string | null>> = {
  id: (model) => model.id,
  context: (model) => model.context,
  maxOutput: (model) => model.maxOutput,
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
  const isFound = finderOf(filter.search);
  const fits = models.filter((model) => fitsFilter(model, filter, isFound));
  const key = sortKeys[sorting.by] ?? sortKeys.id;
  if (key === undefined) return fits;
  return fits.sort(
    (left, right) => compare(key(left), key(right), sorting.descending) || (left.id < right.id ? -1 : 1),
  );
}

function fitsFilter(model: ModelRow, filter: ModelFilter, isFound: (text: string) => boolean): boolean {
  return (
    isFound(`${model.id} ${model.name} ${model.family}`) &&
    (filter.provider === null || model.provider === filter.provider) &&
    (filter.maxPrice === null || (model.priceInput !== null && model.priceInput <= filter.maxPrice)) &&
    reaches(model.context, filter.minContext) &&
    reaches(model.tokensPerSecond, filter.minSpeed) &&
    reaches(model.quality, filter.minQuality) &&
    filter.can.every((ability) => hasAbility(model, ability)) &&
    (!filter.servedOnly || model.served !== 'none') &&
    (!filter.ownOnly || model.origin !== 'shipped')
  );
}

/** What is unknown reaches nothing. */
function reaches(value: number | null, least: number | null): boolean {
  return least === null || (value !== null && value >= least);
}

export function hasAbility(model: ModelRow, ability: Ability): boolean {
  switch (ability) {
    case 'tools':
      return model.tools === true;
    case 'reasoning':
      return model.reasoning === true;
    case 'jsonSchema':
      return model.jsonSchema === true;
    default:
      return model.input.includes(ability);
  }
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
