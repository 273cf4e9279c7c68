/** The known models, what they cost, and the cost of one request. */
export { type Catalogue, findModel, loadCatalogue, makeCatalogue, withModels } from './catalogue.ts';
export { CatalogueFile } from './catalogue-file.ts';
export {
  costOf,
  effectivePrices,
  isNanoUsd,
  type NanoUsd,
  nanoUsd,
  picoCost,
} from './cost.ts';
export { type CallCost, type CostLine, costLinesOf, type PriceBasis } from './cost-lines.ts';
export { CustomModel, modelFrom } from './custom-model.ts';
export { defaultCatalogue, defaultPriceBook } from './default-catalogue.ts';
export { CatalogueModel, type CatalogueModelInput, Dialect, Modality, Retention } from './model.ts';
export {
  lineOf,
  type Period,
  type Price,
  PriceError,
  type PriceLine,
  PriceUsdPerMillion,
  parsePrice,
  type Tier,
} from './price.ts';
export { emptyPriceBook, loadPriceBook, type PriceBook, priceOf, withOverrides } from './price-book.ts';
export { type Rates, rateNames, rateOfClass } from './rates.ts';
export {
  costLinesOfRecord,
  costOfRecord,
  type RecordCostLines,
  type RecordedCallCost,
  type RecordedCost,
} from './record-cost.ts';
export {
  attemptUsage,
  columnOfClass,
  type UsageColumns,
  unknownUsageColumns,
  usageColumns,
  usageOfColumns,
} from './recorded-usage.ts';
export { statePrice } from './state-price.ts';
export {
  addUsage,
  type CallClass,
  callClasses,
  inputClasses,
  noUsage,
  outputClasses,
  type TokenClass,
  tokenClasses,
  totalInputTokens,
  totalOutputTokens,
  totalTokens,
  Usage,
  usageClasses,
} from './usage.ts';
