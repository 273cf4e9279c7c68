import {
  type Catalogue,
  CatalogueModel,
  defaultCatalogue,
  defaultPriceBook,
  type PriceBook,
  PriceError,
  withModels,
  withOverrides,
} from '#engine/catalogue/index.ts';
import type { ProviderSetting } from './config.ts';
import { StartError } from './errors.ts';

/** Of a provider's settings, what catalogue and prices are made of. Holds no key, so that it can go to other threads. */
export type ProviderModels = Pick<ProviderSetting, 'id' | 'kind' | 'retention' | 'models'>;

/**
 * The shipped catalogue and prices with what the config file adds: models of its providers, and prices, which replace
 * the shipped ones.
 *
 * @throws {StartError} naming a price that cannot be read.
 */
export function buildCatalogue(providers: readonly ProviderModels[]): {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
} {
  const stated = providers.flatMap(({ id, models }) =>
    models.flatMap((model) =>
      model.priceUsdPerMillion === null ? [] : [[`${id}/${model.id}`, model.priceUsdPerMillion] as const],
    ),
  );
  const added = providers.flatMap((provider) =>
    provider.models.map((model) => addModel(provider, model.id, model.context)),
  );
  try {
    return {
      catalogue: withModels(defaultCatalogue, added),
      priceBook: withOverrides(defaultPriceBook, Object.fromEntries(stated)),
    };
  } catch (error) {
    if (!(error instanceof PriceError)) throw error;
    throw new StartError(`The config file: ${error.message}.`, { cause: error });
  }
}

function addModel(
  { id: provider, kind, retention }: ProviderModels,
  model: string,
  context: number | null,
): CatalogueModel {
  const id = `${provider}/${model}`;
  const known = defaultCatalogue.find(id);
  const dialect = kind === 'anthropic' ? 'anthropic-messages' : 'openai-chat';
  if (known !== undefined && known.id === id)
    return { ...known, context: context ?? known.context, retention };
  return CatalogueModel.parse({ id, dialects: [dialect], context, retention });
}

/** Of the settings, what {@link buildCatalogue} needs. */
export function modelsOf(providers: readonly ProviderSetting[]): readonly ProviderModels[] {
  return providers.map(({ id, kind, retention, models }) => ({ id, kind, retention, models }));
}
