import type { Catalogue, PriceBook } from '#engine/catalogue/index.ts';
import type { Config } from '../config/config.ts';
import type { ConfigStore } from '../store/config-store.ts';
import { type BuiltCatalogue, buildCatalogue, type CatalogueSources, sourcesOf } from './build-catalogue.ts';

/** Catalogue and prices that follow the store: what is stated in the studio holds for the next request. */
export interface LiveCatalogue {
  /** These two always answer what holds now; a copy of the price book (`{ ...priceBook }`) stays as it is. */
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  /** What they are made of now; the same object as long as nothing has changed. */
  readonly sources: () => CatalogueSources;
  readonly close: () => void;
}

/** @throws {StartError} naming a price that cannot be read. */
export function makeLiveCatalogue(
  config: Pick<Config, 'file' | 'providerKeys'>,
  store: Pick<ConfigStore, 'read' | 'subscribe'>,
): LiveCatalogue {
  let sources = sourcesOf(config, store.read().models);
  let now: BuiltCatalogue = buildCatalogue(sources);
  const close = store.subscribe(({ models }) => {
    if (models === sources.stored) return;
    sources = { ...sources, stored: models };
    now = buildCatalogue(sources);
  });
  return {
    catalogue: {
      get models() {
        return now.catalogue.models;
      },
      find: (id) => now.catalogue.find(id),
      match: (pattern) => now.catalogue.match(pattern),
      suggest: (id) => now.catalogue.suggest(id),
    },
    priceBook: {
      get version() {
        return now.priceBook.version;
      },
      get date() {
        return now.priceBook.date;
      },
      get prices() {
        return now.priceBook.prices;
      },
      get aliases() {
        return now.priceBook.aliases;
      },
    },
    sources: () => sources,
    close,
  };
}
