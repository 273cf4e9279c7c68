/** The known models, what they cost, and the cost of one request. */
export { type Catalogue, findModel, loadCatalogue, makeCatalogue, withModels } from './catalogue.ts';
export { CatalogueFile } from './catalogue-file.ts';
export {
  costOf,
  effectivePrices,
  isNanoUsd,
  type NanoUsd,
  nanoUsd,
  noUsage,
  picoCost,
  totalInputTokens,
  totalTokens,
  Usage,
} from './cost.ts';
export { defaultCatalogue, defaultPriceBook } from './default-catalogue.ts';
export { CatalogueModel, type CatalogueModelInput, Dialect, Modality, Retention } from './model.ts';
export { type Price, PriceError, PriceUsdPerMillion, parsePrice, type Rates, type Tier } from './price.ts';
export { loadPriceBook, type PriceBook, priceOf, withOverrides } from './price-book.ts';
