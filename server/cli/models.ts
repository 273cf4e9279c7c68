import {
  type CatalogueModel,
  defaultCatalogue,
  defaultPriceBook,
  type Price,
  priceOf,
  type Rates,
} from '#engine/catalogue/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showTable } from './show.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill models [--provider NAME] [--search TEXT] [--json]

The models that Waybill knows, with their prices in USD per million tokens. A model without a price is unpriced, not free.

  --provider  only one provider's: openai, anthropic, google, …
  --search    only those whose id, name or family contains a text
  --json      a JSON list with all there is to know of each`;

/** `waybill models`: the catalogue. */
export const models: Verb = {
  summary: 'the known models and their prices',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { provider: 'text', search: 'text', json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    if (parsed.positionals.length > 0) {
      return misuse(io, `To look for a model, write --search ${parsed.positionals[0]}.`, usage);
    }
    const { provider, search = '', json } = parsed.values;
    const all = [...defaultCatalogue.models.values()];
    const providers = [...new Set(all.map((model) => model.provider))];
    if (provider !== undefined && !providers.includes(provider)) {
      io.stderr.write(`No provider is called "${provider}". Known: ${providers.join(', ')}.\n`);
      return 1;
    }
    const found = all.filter(
      (model) => (provider ?? model.provider) === model.provider && isFound(model, search),
    );
    io.stdout.write(json === true ? `${JSON.stringify(found.map(describeModel), null, 2)}\n` : tell(found));
    return 0;
  },
};

function isFound({ id, name, family }: CatalogueModel, search: string): boolean {
  return [id, name, family].some((text) => text.toLowerCase().includes(search.toLowerCase()));
}

function describeModel(model: CatalogueModel): unknown {
  const price = priceOf(defaultPriceBook, model.id);
  return {
    id: model.id,
    provider: model.provider,
    name: model.name,
    family: model.family,
    price_usd_per_million: price === undefined ? null : describePrice(price),
    price_date: model.priceDate,
    price_book: defaultPriceBook.version,
    context: model.context,
    max_output: model.maxOutput,
    modalities: model.modalities,
    tools: model.tools,
    reasoning: model.reasoning,
    speed:
      model.speed === null
        ? null
        : {
            tokens_per_second: model.speed.tokensPerSecond,
            first_token_ms: model.speed.firstTokenMs,
            source: model.speed.source,
          },
    quality: model.quality,
    retention: model.retention,
    deprecated: model.deprecated,
    aliases: model.aliases,
  };
}

function describePrice(price: Price): unknown {
  const tiers = price.tiers.map(({ aboveInputTokens, ...rates }) => ({
    above_input_tokens: aboveInputTokens,
    ...describeRates(rates),
  }));
  return { ...describeRates(price), ...(tiers.length === 0 ? {} : { tiers }), source: price.source };
}

function describeRates(rates: Rates): Readonly<Record<string, number>> {
  return {
    input: usd(rates.input),
    output: usd(rates.output),
    cache_read: usd(rates.cacheRead),
    cache_write: usd(rates.cacheWrite5m),
    cache_write_1h: usd(rates.cacheWrite1h),
    reasoning: usd(rates.reasoning),
  };
}

/** Pico-dollars a token → USD per million tokens; exact for six decimals, as prices are stated. */
function usd(pico: number): number {
  return pico / 1_000_000;
}

const headings = [
  'model',
  '>input $',
  '>output $',
  '>cached $',
  '>context',
  '>max output',
  'reads',
  'tools',
  'thinks',
  '>tokens/s',
  '>quality',
  'price of',
];

function tell(found: readonly CatalogueModel[]): string {
  if (found.length === 0) return 'No model fits.\n';
  const table = showTable(headings, found.map(tableRow));
  return `${table}\n${found.length} ${found.length === 1 ? 'model' : 'models'}; prices in USD per million tokens, ${defaultPriceBook.version}\n`;
}

function tableRow(model: CatalogueModel): readonly string[] {
  const price = priceOf(defaultPriceBook, model.id);
  const shown = (pico: number | undefined) => (pico === undefined ? '–' : String(usd(pico)));
  return [
    model.id,
    shown(price?.input),
    shown(price?.output),
    shown(price?.cacheRead),
    shorten(model.context),
    shorten(model.maxOutput),
    model.modalities.input.join(' '),
    model.tools ? 'yes' : 'no',
    model.reasoning ? 'yes' : 'no',
    model.speed?.tokensPerSecond?.toFixed(0) ?? '–',
    model.quality?.index.toFixed(1) ?? '–',
    model.priceDate ?? 'unpriced',
  ];
}

/** 1048576 → 1.05M, 128000 → 128k. */
function shorten(tokens: number | null): string {
  if (tokens === null) return '–';
  if (tokens >= 1_000_000) return `${Number((tokens / 1_000_000).toFixed(2))}M`;
  return tokens >= 1_000 ? `${Math.round(tokens / 1_000)}k` : String(tokens);
}
