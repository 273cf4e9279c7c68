import type { Catalogue, PriceBook } from '#engine/catalogue/index.ts';
import type { ModelFacts } from '#engine/plan/index.ts';
import type { Config } from './config.ts';

/** What pools choose their candidates from here: models, prices, and what the configuration says of providers. */
export function modelFactsOf({
  catalogue,
  priceBook,
  config,
}: {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  readonly config: Config;
}): ModelFacts {
  const providers = new Map(config.file.providers.map((provider) => [provider.id, provider]));
  return { catalogue, priceBook, providerOf: (id) => providers.get(id) };
}
