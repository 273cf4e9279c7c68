import type { Catalogue, PriceBook } from '#engine/catalogue/index.ts';
import type { ModelFacts } from '#engine/plan/index.ts';
import type { Config } from '../config/config.ts';
import type { ConfigStore } from '../store/config-store.ts';

/** What pools choose their candidates from here: models, prices, and what the configuration says of providers. */
export function modelFactsOf({
  catalogue,
  priceBook,
  config,
  store,
}: {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  readonly config: Config;
  readonly store?: Pick<ConfigStore, 'read'>;
}): ModelFacts {
  const providers = new Map(config.file.providers.map((provider) => [provider.id, provider]));
  const stored = (id: string) => store?.read().providers.find((one) => one.id === id && !one.disabled);
  return { catalogue, priceBook, providerOf: (id) => providers.get(id) ?? stored(id) };
}
