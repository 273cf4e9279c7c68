import { type CatalogueModel, Modality, type PriceBook, priceOf } from '#engine/catalogue/index.ts';

/** What `waybill models` may be asked for; what is left out does not matter. */
export interface ModelFilter {
  readonly provider?: string;
  /** Each word has to be in the id, the name or the family. */
  readonly search?: string;
  readonly minContext?: number;
  /** USD per million tokens of input, at most. */
  readonly maxPrice?: number;
  readonly tools?: boolean;
  readonly reasoning?: boolean;
  readonly reads: readonly Modality[];
  /** Only models of providers that are configured. */
  readonly reachable?: ReadonlySet<string>;
}

export function fitsFilter(model: CatalogueModel, filter: ModelFilter, book: PriceBook): boolean {
  const words = (filter.search ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const about = `${model.id} ${model.name} ${model.family}`.toLowerCase();
  const price = priceOf(book, model.id);
  return (
    words.every((word) => about.includes(word)) &&
    (filter.provider === undefined || model.provider === filter.provider) &&
    (filter.minContext === undefined || (model.context ?? 0) >= filter.minContext) &&
    (filter.maxPrice === undefined || (price !== undefined && price.input <= filter.maxPrice * 1e6)) &&
    (filter.tools !== true || model.tools) &&
    (filter.reasoning !== true || model.reasoning) &&
    filter.reads.every((modality) => model.modalities.input.includes(modality)) &&
    (filter.reachable === undefined || filter.reachable.has(model.provider))
  );
}

type Figure = (model: CatalogueModel, book: PriceBook) => number | string | null;

/** What can be sorted by. Prices and names begin with the lowest, everything else with the highest. */
const figures = {
  id: (model) => model.id,
  price: (model, book) => priceOf(book, model.id)?.input ?? null,
  output: (model, book) => priceOf(book, model.id)?.output ?? null,
  context: (model) => model.context,
  speed: (model) => model.speed?.tokensPerSecond ?? null,
  quality: (model) => model.quality?.index ?? null,
  date: (model) => model.priceDate,
} as const satisfies Readonly<Record<string, Figure>>;
export type SortKey = keyof typeof figures;
export const sortKeys = Object.keys(figures) as readonly SortKey[];

const lowestFirst: ReadonlySet<string> = new Set<SortKey>(['id', 'price', 'output']);

/** Sorted by a figure; what is unknown comes last, ties by id. */
export function sortModels(
  models: readonly CatalogueModel[],
  key: SortKey,
  book: PriceBook,
): readonly CatalogueModel[] {
  const figure: Figure = figures[key];
  const sign = lowestFirst.has(key) ? 1 : -1;
  return models.toSorted((left, right) => {
    const [one, other] = [figure(left, book), figure(right, book)];
    if (one === other) return left.id < right.id ? -1 : 1;
    if (one === null) return 1;
    if (other === null) return -1;
    return one < other ? -sign : sign;
  });
}

export function isSortKey(text: string): text is SortKey {
  return sortKeys.some((key) => key === text);
}

/** `128000`, `128k`, `1M` → tokens; undefined for anything else. */
export function readTokens(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)\s*([kKmM]?)$/.exec(text.trim());
  if (parts === null) return undefined;
  const unit = { k: 1_000, m: 1_000_000 }[parts[2]?.toLowerCase() ?? ''] ?? 1;
  return Number(parts[1]) * unit;
}

/** `$0.50`, `0.5` → USD; undefined for anything else. */
export function readUsd(text: string): number | undefined {
  const parts = /^\$?(\d+(?:\.\d+)?)$/.exec(text.trim());
  return parts === null ? undefined : Number(parts[1]);
}

/** `image,audio` → modalities; the one that is none is answered instead. */
export function readModalities(text: string): readonly Modality[] | { readonly unknown: string } {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const read = names.flatMap((name) => Modality.safeParse(name).data ?? []);
  const unknown = names.find((name) => !Modality.safeParse(name).success);
  return unknown === undefined ? read : { unknown };
}
