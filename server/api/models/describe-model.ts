import {
  type CatalogueModel,
  defaultCatalogue,
  type Price,
  type PriceLine,
  priceOf,
  type Rates,
  rateNames,
  statePrice,
} from '#engine/catalogue/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { ModelDetail, ModelSummary, PriceRow } from '../../contract/models.ts';
import { newestVersion } from '../../store/policy-folder.ts';
import type { Installation } from '../installation.ts';

/** A model as the list shows it. */
export function summarizeModel(model: CatalogueModel, installation: Installation): ModelSummary {
  const price = priceOf(installation.priceBook, model.id);
  return {
    id: model.id,
    provider: model.provider,
    name: model.name,
    family: model.family,
    context: model.context,
    maxOutput: model.maxOutput,
    input: [...model.modalities.input],
    output: [...model.modalities.output],
    tools: model.tools,
    reasoning: model.reasoning,
    jsonSchema: model.jsonSchema,
    priceInput: price === undefined ? null : usdPerMillion(price.input),
    priceOutput: price === undefined ? null : usdPerMillion(price.output),
    priceCacheRead: price === undefined ? null : usdPerMillion(price.cacheRead),
    priceDate: model.priceDate,
    tokensPerSecond: model.speed?.tokensPerSecond ?? null,
    quality: model.quality?.index ?? null,
    deprecated: model.deprecated,
    served: servedBy(model.id, installation),
    origin: originOf(model.id, installation),
  };
}

/** Pico-dollars a token → USD per million tokens, exact for six decimals. */
function usdPerMillion(pico: number): number {
  return pico / 1_000_000;
}

function servedBy(target: string, { providers }: Installation): ModelSummary['served'] {
  const found = providers.providerFor(target);
  if (found === undefined) return 'none';
  return found.provider.sandbox ? 'sandbox' : 'provider';
}

/** The config file's word counts before the studio's. */
export function originOf(id: string, { config, store }: Installation): ModelSummary['origin'] {
  const { providers, catalogue } = config.file;
  const listed = providers.some((one) => one.models.some((model) => `${one.id}/${model.id}` === id));
  if (listed || catalogue?.models.some((model) => model.id === id)) return 'file';
  return store.read().models.some(({ model }) => model.id === id) ? 'studio' : 'shipped';
}

/** Everything there is to know about a model here. */
export function detailModel(model: CatalogueModel, installation: Installation): ModelDetail {
  const price = priceOf(installation.priceBook, model.id);
  const stored = installation.store.read().models.find((one) => one.model.id === model.id);
  return {
    ...summarizeModel(model, installation),
    dialects: [...model.dialects],
    aliases: [...model.aliases],
    tokenizer: model.tokenizer,
    caching: model.caching,
    retention: model.retention,
    speed: model.speed,
    qualityOf: model.quality,
    price: price === undefined ? null : describePrice(price, model.priceDate),
    usedBy: usesOf(model, installation),
    ships: defaultCatalogue.models.has(model.id),
    custom: stored?.model ?? null,
    changed: stored === undefined ? null : { at: stored.updatedAt, by: stored.updatedBy },
  };
}

function describePrice(price: Price, date: string | null): ModelDetail['price'] {
  const calls = Object.entries(price.calls).map(([name, pico]) => [callNames[name] ?? name, pico / 1e9]);
  return {
    source: price.source,
    date,
    note: price.note ?? '',
    rows: [
      ...rowsOf('standard', '', price),
      ...price.periods.flatMap((period) => rowsOf('standard', whenOf(period), period)),
      ...Object.entries(price.modes).flatMap(([mode, line]) => rowsOf(mode, '', line)),
    ],
    calls: Object.fromEntries(calls),
    regionalPercent: price.regionalPercent,
    stated: statePrice(price),
  };
}

const callNames: Readonly<Record<string, string>> = {
  webSearchCalls: 'web_search',
  fileSearchCalls: 'file_search',
  codeExecutionCalls: 'code_execution',
  socialSearchCalls: 'social_search',
};

function rowsOf(mode: string, when: string, line: PriceLine): readonly PriceRow[] {
  const row = (rates: Rates, aboveInputTokens: number): PriceRow => ({
    mode,
    when,
    aboveInputTokens,
    rates: ratesIn(rates),
  });
  return [row(line, 0), ...line.tiers.map((tier) => row(tier, tier.aboveInputTokens))];
}

function ratesIn(rates: Rates): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rateNames).flatMap(([name, key]) => {
      const pico = rates[key];
      return pico === undefined ? [] : [[name, usdPerMillion(pico)]];
    }),
  );
}

function whenOf({ from, until, minutes }: Price['periods'][number]): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const clock = (minute: number) =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return [
    ...(minutes === null ? [] : [`${clock(minutes[0])}–${clock(minutes[1])} UTC`]),
    ...(Number.isFinite(from) ? [`from ${day(from)}`] : []),
    ...(Number.isFinite(until) ? [`until ${day(until)}`] : []),
  ].join(', ');
}

function usesOf(model: CatalogueModel, installation: Installation): ModelDetail['usedBy'] {
  const state = installation.store.read();
  return state.policies.flatMap(({ id, policy }) => {
    const published = newestVersion(state, id);
    const inVersion = published === undefined ? [] : nodesNaming(model, published.policy, installation);
    const nodes = [...new Set([...nodesNaming(model, policy, installation), ...inVersion])].sort();
    return nodes.length === 0
      ? []
      : [{ policy: id, name: policy.name, nodes, published: inVersion.length > 0 }];
  });
}

/** Ids of the nodes that call a model, or may: by its id, an alias, or a pattern that fits it. */
function nodesNaming(
  model: CatalogueModel,
  policy: Policy,
  { catalogue }: Pick<Installation, 'catalogue'>,
): readonly string[] {
  const fits = (pattern: string) => catalogue.match(pattern).some(({ id }) => id === model.id);
  return Object.entries(policy.nodes).flatMap(([id, node]) => {
    const named = [
      ...('target' in node && typeof node.target === 'string' ? [node.target] : []),
      ...('candidates' in node && Array.isArray(node.candidates) ? node.candidates.map(String) : []),
    ];
    return named.some(fits) ? [id] : [];
  });
}
