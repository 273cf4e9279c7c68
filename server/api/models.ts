import { type CatalogueModel, type PriceBook, priceOf } from '#engine/catalogue/index.ts';
import type { calls, ResponseOf } from '../contract/index.ts';
import type { ProviderDirectory } from '../providers/provider.ts';
import type { Handler } from './handler.ts';

type Model = ResponseOf<typeof calls.listModels>['models'][number];

export const listModels: Handler<typeof calls.listModels> = (_, { catalogue, priceBook, providers }) => ({
  priceBook: priceBook.version,
  models: [...catalogue.models.values()].map((model) => describeModel(model, priceBook, providers)),
});

function describeModel(model: CatalogueModel, priceBook: PriceBook, providers: ProviderDirectory): Model {
  const price = priceOf(priceBook, model.id);
  return {
    id: model.id,
    provider: model.provider,
    name: model.name,
    context: model.context,
    maxOutput: model.maxOutput,
    input: [...model.modalities.input],
    tools: model.tools,
    reasoning: model.reasoning,
    priceInput: price === undefined ? null : usdPerMillion(price.input),
    priceOutput: price === undefined ? null : usdPerMillion(price.output),
    priceCacheRead: price === undefined ? null : usdPerMillion(price.cacheRead),
    tokensPerSecond: model.speed?.tokensPerSecond ?? null,
    quality: model.quality?.index ?? null,
    served: servedBy(model.id, providers),
  };
}

/** Pico-dollars a token → USD per million tokens, for showing only. */
function usdPerMillion(pico: number): number {
  return pico / 1_000_000;
}

function servedBy(target: string, providers: ProviderDirectory): Model['served'] {
  const found = providers.providerFor(target);
  if (found === undefined) return 'none';
  return found.provider.sandbox ? 'sandbox' : 'provider';
}
