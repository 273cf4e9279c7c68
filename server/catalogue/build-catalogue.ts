import {
  type Catalogue,
  CatalogueModel,
  type CustomModel,
  defaultCatalogue,
  defaultPriceBook,
  emptyPriceBook,
  makeCatalogue,
  modelFrom,
  type PriceBook,
  PriceError,
  withModels,
  withOverrides,
} from '#engine/catalogue/index.ts';
import type { CatalogueSetting, Config, ProviderSetting } from '../config/config.ts';
import { StartError } from '../errors.ts';
import { kindFacts } from '../providers/kinds.ts';
import { presetOf } from '../providers/presets.ts';
import { settingsFromEnvironment } from '../providers/settings-from-environment.ts';
import type { StoredModel } from '../store/config-store.ts';

/** Of a provider's settings, what catalogue and prices are made of. Holds no key, so that it can go to other threads. */
export type ProviderModels = Pick<ProviderSetting, 'id' | 'kind' | 'preset' | 'retention' | 'models'>;

/** All that catalogue and prices are made of. Plain data without secrets. */
export interface CatalogueSources {
  readonly providers: readonly ProviderModels[];
  /** The config file's own part; `null` when it has none. */
  readonly file: CatalogueSetting | null;
  /** Stated in the studio. */
  readonly stored: readonly StoredModel[];
}

export interface BuiltCatalogue {
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
}

/**
 * The shipped catalogue and prices (or nothing, where the config file replaces them); over them the shipped models again
 * under the ids of providers that go by another name; what the studio states; what the config file states, in its
 * `catalogue` and with its providers. The later counts.
 *
 * @throws {StartError} naming a price that cannot be read.
 */
export function buildCatalogue({ providers, file, stored }: CatalogueSources): BuiltCatalogue {
  const whole = file?.replace === true;
  const shipped: BuiltCatalogue = whole
    ? { catalogue: makeCatalogue([]), priceBook: emptyPriceBook(defaultPriceBook.date) }
    : withProviderIds({ catalogue: defaultCatalogue, priceBook: defaultPriceBook }, providers);
  try {
    const own = [
      ...stored.map(({ model, updatedAt }) => ({ model, day: updatedAt.slice(0, 10) })),
      ...(file?.models ?? []).map((model) => ({ model, day: defaultPriceBook.date })),
    ];
    return withProviderModels(withCustomModels(shipped, own), providers);
  } catch (error) {
    if (!(error instanceof PriceError)) throw error;
    throw new StartError(`The catalogue: ${error.message}.`, { cause: error });
  }
}

/** Models known at `azure` are known at `azure-eu` too, at the same price, where that is of the same kind. */
function withProviderIds(
  { catalogue, priceBook }: BuiltCatalogue,
  providers: readonly ProviderModels[],
): BuiltCatalogue {
  const known = new Set([...catalogue.models.values()].map(({ provider }) => provider));
  const added: CatalogueModel[] = [];
  const prices = new Map(priceBook.prices);
  for (const provider of providers) {
    const original = catalogueIdOf(provider);
    if (original === provider.id || known.has(provider.id) || !known.has(original)) continue;
    const renamed = (id: string) => `${provider.id}${id.slice(original.length)}`;
    for (const model of catalogue.models.values()) {
      if (model.provider !== original) continue;
      const id = renamed(model.id);
      added.push({ ...model, id, provider: provider.id, aliases: model.aliases.map(renamed) });
      const price = priceBook.prices.get(model.id);
      if (price === undefined) continue;
      prices.set(id, price);
    }
  }
  if (added.length === 0) return { catalogue, priceBook };
  const aliases = new Map(priceBook.aliases);
  for (const { id, aliases: others } of added) for (const alias of others) aliases.set(alias, id);
  return { catalogue: withModels(catalogue, added), priceBook: { ...priceBook, prices, aliases } };
}

/** What a provider's models go by in the shipped catalogue. */
function catalogueIdOf({ kind, preset }: ProviderModels): string {
  return preset === undefined || preset === null ? kindFacts[kind].id : presetOf(preset).id;
}

function withCustomModels(
  { catalogue, priceBook }: BuiltCatalogue,
  own: readonly { readonly model: CustomModel; readonly day: string }[],
): BuiltCatalogue {
  const prices = own.flatMap(({ model }) =>
    model.price_usd_per_million === undefined ? [] : [[model.id, model.price_usd_per_million] as const],
  );
  const models = own.map(({ model, day }) => modelFrom(model, catalogue.find(model.id), day));
  return {
    catalogue: models.length === 0 ? catalogue : withModels(catalogue, models),
    priceBook: withOverrides(priceBook, Object.fromEntries(prices)),
  };
}

/** Models that a provider's own settings list, with the provider's retention. */
function withProviderModels(
  { catalogue, priceBook }: BuiltCatalogue,
  providers: readonly ProviderModels[],
): BuiltCatalogue {
  const stated = providers.flatMap(({ id, models }) =>
    models.flatMap((model) =>
      model.priceUsdPerMillion === null ? [] : [[`${id}/${model.id}`, model.priceUsdPerMillion] as const],
    ),
  );
  const added = providers.flatMap((provider) =>
    provider.models.map((model) => addModel(catalogue, provider, model.id, model.context)),
  );
  return {
    catalogue: withModels(catalogue, added),
    priceBook: withOverrides(priceBook, Object.fromEntries(stated)),
  };
}

function addModel(
  catalogue: Catalogue,
  { id: provider, kind, retention }: ProviderModels,
  model: string,
  context: number | null,
): CatalogueModel {
  const id = `${provider}/${model}`;
  const known = catalogue.find(id);
  const dialect = kind === 'anthropic' ? 'anthropic-messages' : 'openai-chat';
  if (known !== undefined && known.id === id)
    return { ...known, context: context ?? known.context, retention };
  return CatalogueModel.parse({ id, dialects: [dialect], context, retention });
}

/** Of the settings and the store, what {@link buildCatalogue} needs. */
export function sourcesOf(
  { file, providerKeys }: Pick<Config, 'file' | 'providerKeys'>,
  stored: readonly StoredModel[],
): CatalogueSources {
  const all = [...file.providers, ...settingsFromEnvironment(providerKeys)];
  return {
    providers: all.map(({ id, kind, preset, retention, models }) => ({
      id,
      kind,
      preset: preset ?? null,
      retention,
      models,
    })),
    file: file.catalogue ?? null,
    stored,
  };
}
