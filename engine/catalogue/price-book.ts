import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type CatalogueFile, modelsIn } from './catalogue-file.ts';
import { type Price, parsePrice } from './price.ts';

/** The prices of one date. A cost names the version it was computed with. */
export interface PriceBook {
  readonly version: string;
  /** The day (ISO, UTC) whose prices these are. */
  readonly date: string;
  readonly prices: ReadonlyMap<string, Price>;
  /** Other ids of the same model, such as dated snapshots, to the id that has the price. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** The price of a target by its id or an alias; undefined means unpriced, never free. */
export function priceOf(book: PriceBook, target: string): Price | undefined {
  return book.prices.get(target) ?? book.prices.get(book.aliases.get(target) ?? '');
}

/** @throws {PriceError} when one price of the file cannot be read. */
export function loadPriceBook(file: CatalogueFile): PriceBook {
  const prices = new Map<string, Price>();
  const aliases = new Map<string, string>();
  for (const { id, entry } of modelsIn(file)) {
    for (const alias of entry.aliases ?? []) aliases.set(alias, id);
    if (entry.price !== undefined)
      prices.set(id, parsePrice(id, entry.price, sourceOf(file, entry.priceSource)));
  }
  return { version: file.version, date: file.date, prices, aliases };
}

function sourceOf(file: CatalogueFile, index: number): string {
  return file.sources[index]?.name ?? 'unknown';
}

/**
 * A new book in which the named targets have the stated price (`price_usd_per_million` by target id; `null`: none). A
 * stated price replaces the whole price: classes and tiers of the old one do not shine through. The version
 * carries a digest of the overrides, so equal books have equal versions and no others do.
 *
 * @throws {PriceError} naming the target and the field that cannot be read.
 */
export function withOverrides(book: PriceBook, overrides: Readonly<Record<string, unknown>>): PriceBook {
  const stated = Object.keys(overrides)
    .sort()
    .map((id): [string, Price | null] => [
      id,
      overrides[id] === null ? null : parsePrice(id, overrides[id], 'override'),
    ]);
  if (stated.length === 0) return book;
  const digest = bytesToHex(sha256(utf8ToBytes(JSON.stringify(stated)))).slice(0, 12);
  const prices = new Map(book.prices);
  for (const [id, price] of stated) {
    if (price === null) prices.delete(id);
    else prices.set(id, price);
  }
  return { ...book, version: `${book.version}+overrides-${digest}`, prices };
}

/** A book of nothing, for an installation that states all its prices itself. */
export function emptyPriceBook(date: string): PriceBook {
  return { version: `own-${date}`, date, prices: new Map(), aliases: new Map() };
}
