import { type CatalogueModel, type PriceBook, priceOf } from '#engine/catalogue/index.ts';
import { StartError } from '../errors.ts';
import { describeModel, usd } from './describe-model.ts';
import { type KnownModels, readKnownModels } from './known-models.ts';
import {
  fitsFilter,
  isSortKey,
  type ModelFilter,
  readModalities,
  readTokens,
  readUsd,
  type SortKey,
  sortKeys,
  sortModels,
} from './model-filter.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showTable } from './show.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill models [--provider NAME] [--search TEXT] [--min-context TOKENS] [--max-price USD]
                      [--tools] [--reasoning] [--vision] [--reads MODALITIES] [--reachable] [--sort FIGURE] [--json]

The models that are known here, with their prices in USD per million tokens: what ships, what the config file states
(WAYBILL_CONFIG), and what the studio states (WAYBILL_DATA). A model without a price is unpriced, not free.

  --provider     only one provider's: openai, anthropic, google, …
  --search       only those whose id, name or family contains every word
  --min-context  only those that take so many tokens: 200000, 200k, 1M
  --max-price    only those whose million input tokens cost so much at most: 0.50
  --tools        only those that call tools
  --reasoning    only those that reason
  --vision       only those that read images
  --reads        only those that read all of these: image,audio,video,file
  --reachable    only those of providers that are configured here
  --sort         id, price, output, context, speed, quality or date; what is unknown comes last
  --json         a JSON list with all there is to know of each`;

const options = {
  provider: 'text',
  search: 'text',
  'min-context': 'text',
  'max-price': 'text',
  tools: 'flag',
  reasoning: 'flag',
  vision: 'flag',
  reads: 'text',
  reachable: 'flag',
  sort: 'text',
  json: 'flag',
} as const;

/** `waybill models`: the catalogue. */
export const models: Verb = {
  summary: 'the known models and their prices',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    if (positionals.length > 0)
      return misuse(io, `To look for a model, write --search ${positionals[0]}.`, usage);
    const asked = readAsked(values);
    if (typeof asked === 'string') return misuse(io, asked, usage);
    try {
      const known = readKnownModels(process.env);
      const problem = unknownProvider(values.provider, known);
      if (problem !== undefined) {
        io.stderr.write(`${problem}\n`);
        return 1;
      }
      const { catalogue, priceBook, providers } = known;
      const filter = { ...asked.filter, ...(values.reachable === true ? { reachable: providers } : {}) };
      const fits = [...catalogue.models.values()].filter((model) => fitsFilter(model, filter, priceBook));
      const found = asked.sort === undefined ? fits : sortModels(fits, asked.sort, priceBook);
      io.stdout.write(
        values.json === true
          ? `${JSON.stringify(
              found.map((model) => describeModel(model, known)),
              null,
              2,
            )}\n`
          : tell(found, priceBook),
      );
      return 0;
    } catch (error) {
      if (!(error instanceof StartError)) throw error;
      io.stderr.write(`${error.message}\n`);
      return 1;
    }
  },
};

interface Asked {
  readonly filter: ModelFilter;
  readonly sort?: SortKey;
}

/** The options by their meaning; a sentence where one has none. */
function readAsked(
  values: {
    readonly [N in keyof typeof options]?: (typeof options)[N] extends 'text' ? string : boolean;
  },
): Asked | string {
  const { provider, search, 'min-context': least, 'max-price': most, tools, reasoning, sort } = values;
  const minContext = least === undefined ? undefined : readTokens(least);
  if (least !== undefined && minContext === undefined)
    return `--min-context is "${least}"; it is a number of tokens, such as 200000, 200k or 1M.`;
  const maxPrice = most === undefined ? undefined : readUsd(most);
  if (most !== undefined && maxPrice === undefined)
    return `--max-price is "${most}"; it is USD per million input tokens, such as 0.50.`;
  if (sort !== undefined && !isSortKey(sort))
    return `--sort is "${sort}"; it is one of ${sortKeys.join(', ')}.`;
  const reads = readModalities(values.reads ?? '');
  if ('unknown' in reads)
    return `--reads has "${reads.unknown}"; it takes text, image, audio, video and file, with commas between.`;
  return {
    filter: {
      reads: values.vision === true ? [...reads, 'image'] : reads,
      ...(provider === undefined ? {} : { provider }),
      ...(search === undefined ? {} : { search }),
      ...(minContext === undefined ? {} : { minContext }),
      ...(maxPrice === undefined ? {} : { maxPrice }),
      ...(tools === undefined ? {} : { tools }),
      ...(reasoning === undefined ? {} : { reasoning }),
    },
    ...(sort === undefined ? {} : { sort }),
  };
}

function unknownProvider(provider: string | undefined, { catalogue }: KnownModels): string | undefined {
  const known = new Set([...catalogue.models.values()].map((model) => model.provider));
  if (provider === undefined || known.has(provider)) return undefined;
  return `No provider is called "${provider}". Known: ${[...known].join(', ')}.`;
}

const headings = [
  'model',
  '>input $',
  '>cached $',
  '>output $',
  '>context',
  '>max output',
  'reads',
  'tools',
  'thinks',
  '>tokens/s',
  '>quality',
  'price of',
];

function tell(found: readonly CatalogueModel[], book: PriceBook): string {
  if (found.length === 0) return 'No model fits.\n';
  const table = showTable(
    headings,
    found.map((model) => tableRow(model, book)),
  );
  const count = found.length === 1 ? '1 model' : `${found.length} models`;
  return `${table}\n${count}; prices in USD per million tokens, ${book.version}\n`;
}

function tableRow(model: CatalogueModel, book: PriceBook): readonly string[] {
  const price = priceOf(book, model.id);
  const shown = (pico: number | undefined) => (pico === undefined ? '–' : String(usd(pico)));
  return [
    model.id,
    shown(price?.input),
    shown(price?.cacheRead),
    shown(price?.output),
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
