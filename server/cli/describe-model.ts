import {
  type CatalogueModel,
  type Price,
  type PriceLine,
  priceOf,
  type Rates,
  rateNames,
} from '#engine/catalogue/index.ts';
import type { KnownModels } from './known-models.ts';

/** A model as `waybill models --json` prints it. A price reads back as `price_usd_per_million`, but for its source. */
export function describeModel(
  model: CatalogueModel,
  { priceBook, providers }: Pick<KnownModels, 'priceBook' | 'providers'>,
): unknown {
  const price = priceOf(priceBook, model.id);
  return {
    id: model.id,
    provider: model.provider,
    name: model.name,
    family: model.family,
    price_usd_per_million: price === undefined ? null : describePrice(price),
    price_date: model.priceDate,
    price_book: priceBook.version,
    context: model.context,
    max_output: model.maxOutput,
    modalities: model.modalities,
    tools: model.tools,
    reasoning: model.reasoning,
    json_schema: model.jsonSchema,
    caching: model.caching,
    speed:
      model.speed === null
        ? null
        : {
            tokens_per_second: model.speed.tokensPerSecond,
            first_token_ms: model.speed.firstTokenMs,
            source: model.speed.source,
          },
    quality: model.quality,
    dialects: model.dialects,
    retention: model.retention,
    reachable: providers.has(model.provider),
    deprecated: model.deprecated,
    aliases: model.aliases,
  };
}

const callNames: Readonly<Record<string, string>> = {
  webSearchCalls: 'web_search',
  fileSearchCalls: 'file_search',
  codeExecutionCalls: 'code_execution',
  socialSearchCalls: 'social_search',
};

function describePrice({ modes, periods, calls, regionalPercent, source, note, ...line }: Price): unknown {
  const byCall = Object.entries(calls).map(([name, pico]) => [callNames[name] ?? name, pico / 1e9]);
  return {
    ...describeLine(line),
    ...(Object.keys(modes).length === 0
      ? {}
      : { modes: Object.fromEntries(Object.entries(modes).map(([mode, one]) => [mode, describeLine(one)])) }),
    ...(periods.length === 0 ? {} : { periods: periods.map(describePeriod) }),
    ...(byCall.length === 0 ? {} : { per_thousand_calls: Object.fromEntries(byCall) }),
    ...(regionalPercent === 0 ? {} : { regional_percent: regionalPercent }),
    ...(note === undefined ? {} : { note }),
    source,
  };
}

function describeLine(line: PriceLine): object {
  const tiers = line.tiers.map((tier) => ({
    above_input_tokens: tier.aboveInputTokens,
    ...describeRates(tier),
  }));
  return { ...describeRates(line), ...(tiers.length === 0 ? {} : { tiers }) };
}

function describePeriod({ from, until, minutes, ...line }: Price['periods'][number]): object {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return {
    ...(Number.isFinite(from) ? { from: day(from) } : {}),
    ...(Number.isFinite(until) ? { until: day(until) } : {}),
    ...(minutes === null ? {} : { hours: minutes.map(clock) }),
    ...describeLine(line),
  };
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function describeRates(rates: Rates): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(rateNames).flatMap(([name, key]) => {
      const pico = rates[key];
      return pico === undefined ? [] : [[name, usd(pico)]];
    }),
  );
}

/** Pico-dollars a token → USD per million tokens; exact for six decimals, as prices are stated. */
export function usd(pico: number): number {
  return pico / 1_000_000;
}
