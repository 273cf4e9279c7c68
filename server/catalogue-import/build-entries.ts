import type { CatalogueFileInput } from '#engine/catalogue/catalogue-file.ts';
import { completePrice } from './complete-price.ts';
import { bareName } from './figures.ts';
import { extrasOf, modalitiesOf, type PriceMap } from './read-modes.ts';
import {
  datedNames,
  type FoundPrice,
  genaiPrice,
  isDate,
  rowPrice,
  type UsdPrice,
  withOneHourWrites,
  withoutOddCacheRates,
} from './read-prices.ts';
import type { Row } from './read-rows.ts';
import { dialectsOf, familyOf, isChatModel, jsonSchemaOf, type Vendor } from './vendors.ts';

export type FileEntry = CatalogueFileInput['providers'][string]['models'][string];
type Priced = { readonly price: UsdPrice; readonly priceSource?: 1; readonly info?: FoundPrice['info'] };

/** Where genai-prices still states the price of the model before. */
const LISTING_IS_FRESHER = new Set(['mistral/mistral-small-latest']);

/** What the entries of all vendors are made from. */
export interface Sources {
  /** By bare name. */
  readonly quality: ReadonlyMap<string, number>;
  readonly priceMap: PriceMap;
  readonly day: Date;
}

/** The chat models of one vendor, dated snapshots folded into the model they are a snapshot of. */
export function entriesOf(
  vendor: Vendor,
  rows: Record<string, Row>,
  sources: Sources,
): Record<string, FileEntry> {
  const entries = new Map<string, FileEntry>();
  for (const row of Object.values(rows)) {
    if (row.kind !== undefined || !row.contextWindow || !isChatModel(vendor, row.id)) continue;
    entries.set(row.id, entryOf(vendor, row, sources));
  }
  foldSnapshots(entries);
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function entryOf(vendor: Vendor, row: Row, sources: Sources): FileEntry {
  const { id } = row;
  const quality = sources.quality.get(bareName(id));
  const priced = priceOf(vendor, row, sources);
  const family = familyOf(id);
  const dialects = dialectsOf(vendor, id);
  const jsonSchema = jsonSchemaOf(vendor, id);
  const caching = cachingOf(family, priced?.price);
  const input = inputOf(vendor, row, priced, sources.priceMap);
  const aliases = priced?.info ? datedNames(priced.info, id) : [];
  return {
    name: row.name,
    family,
    ...(row.tokenizer ? { tokenizer: row.tokenizer } : {}),
    ...(dialects === vendor.dialects ? {} : { dialects: [...dialects] }),
    context: row.contextWindow,
    maxOutput: row.maxTokens || null,
    ...(input.length > 1 ? { input: [...input] } : {}),
    ...(priced?.price.audio_output === undefined ? {} : { output: ['text', 'audio'] }),
    ...(row.supportsTools === false ? { tools: false } : {}),
    ...(row.reasoning ? { reasoning: true } : {}),
    ...(jsonSchema === undefined ? {} : { jsonSchema }),
    ...(caching === undefined ? {} : { caching }),
    ...(quality === undefined ? {} : { quality }),
    ...(vendor.firstParty && row.tps ? { tokensPerSecond: row.tps } : {}),
    ...(priced?.info?.deprecated ? { deprecated: true } : {}),
    ...(aliases.length > 0 ? { aliases: [...aliases] } : {}),
    ...(priced ? { price: priced.price } : {}),
    ...(priced?.priceSource ? { priceSource: priced.priceSource } : {}),
  };
}

function cachingOf(family: string, price: UsdPrice | undefined): 'automatic' | 'explicit' | undefined {
  if (price?.cache_read === undefined) return undefined;
  return family === 'anthropic' ? 'explicit' : 'automatic';
}

function inputOf(vendor: Vendor, row: Row, priced: Priced | undefined, map: PriceMap) {
  const told = modalitiesOf(map, mapKeys(vendor, row.id));
  const audio = priced?.price.audio_input === undefined ? [] : (['audio'] as const);
  const all = new Set([...row.input, ...told, ...audio]);
  return (['text', 'image', 'audio', 'video', 'file'] as const).filter((modality) => all.has(modality));
}

function mapKeys({ mapped }: Vendor, id: string): readonly string[] {
  return mapped.map((prefix) => `${prefix}${id}`);
}

function priceOf(vendor: Vendor, row: Row, { day, priceMap }: Sources): Priced | undefined {
  const stated = statedPrice(vendor, row, day);
  if (stated === undefined) return undefined;
  const plausible = vendor.firstParty ? stated.price : withoutOddCacheRates(stated.price);
  const price = familyOf(row.id) === 'anthropic' ? withOneHourWrites(plausible) : plausible;
  const keys = mapKeys(vendor, row.id);
  const extras = extrasOf(priceMap, keys, price);
  const hears = modalitiesOf(priceMap, keys).includes('audio');
  return {
    ...stated,
    price: completePrice({ vendor: vendor.id, family: familyOf(row.id), hears }, price, extras),
  };
}

/** The listing says `:free` in the id; any other zero of it means that nobody knows. */
function statedPrice(vendor: Vendor, row: Row, day: Date): Priced | undefined {
  if (vendor.prefer === 'nobody') return undefined;
  if (row.id.endsWith(':free')) return { price: { input: 0, output: 0 }, priceSource: 1 };
  const found = vendor.prices === undefined ? undefined : genaiPrice(vendor.prices, row.id, day);
  const listed = rowPrice(row.cost);
  if (found?.billsRequests || /perplexity|sonar/.test(row.id)) return undefined;
  if (found && trusted(vendor, row.id, found, listed)) return { price: found.price, info: found.info };
  return listed && { price: listed, priceSource: 1 };
}

/**
 * genai-prices finds models by patterns, which may be an older relative's. So where it names another model
 * and the listing disagrees, the listing counts; its Bedrock entries for a region or the globe are exact.
 */
function trusted(vendor: Vendor, id: string, found: FoundPrice, listed: UsdPrice | undefined): boolean {
  if (listed === undefined) return found.price.input !== 0;
  const agrees = found.price.input === listed.input && found.price.output === listed.output;
  if (agrees) return true;
  if (vendor.prefer === 'listing' || LISTING_IS_FRESHER.has(`${vendor.id}/${id}`)) return false;
  return found.info.id.toLowerCase() === id.toLowerCase() || /^(regional|global)\./.test(found.info.id);
}

/** `claude-opus-4-1-20250805` becomes an alias of `claude-opus-4-1` when they cost the same. */
function foldSnapshots(entries: Map<string, FileEntry>): void {
  for (const [id, entry] of [...entries]) {
    const stem = stemsOf(id).find((candidate) => entries.has(candidate));
    const base = stem === undefined ? undefined : entries.get(stem);
    if (stem === undefined || base === undefined || !sameModel(entry, base)) continue;
    entries.delete(id);
    entries.set(stem, { ...base, aliases: [...new Set([...(base.aliases ?? []), id])].sort() });
  }
  for (const [id, entry] of entries) {
    const aliases = entry.aliases?.filter((alias) => !entries.has(alias));
    if (aliases?.length !== entry.aliases?.length)
      entries.set(id, { ...entry, ...(aliases ? { aliases } : {}) });
  }
}

function stemsOf(id: string): readonly string[] {
  const match = /^(.+?)-(\d{4}-\d{2}-\d{2}|20\d{6})$/.exec(id);
  if (!match?.[1] || !match[2] || !isDate(match[2])) return [];
  return [match[1], `${match[1]}-0`];
}

function sameModel(a: FileEntry, b: FileEntry): boolean {
  return (
    a.context === b.context &&
    a.maxOutput === b.maxOutput &&
    a.price !== undefined &&
    JSON.stringify(a.price) === JSON.stringify(b.price)
  );
}
