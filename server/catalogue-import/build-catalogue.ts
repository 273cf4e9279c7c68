/**
 * Writes engine/catalogue/catalogue.generated.json from three packages:
 *
 *   node --import tsx server/catalogue-import/build-catalogue.ts --rows <pi-catalog's folder> \\
 *     --prices <litellm's model_prices_and_context_window_backup.json> --litellm 1.109.1 --day 2026-11-22
 *
 * Only genai-prices is a dependency of Waybill; unpack the others anywhere. See the README.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '#engine/catalogue/catalogue.ts';
import { CatalogueFile, type CatalogueFileInput } from '#engine/catalogue/catalogue-file.ts';
import { loadPriceBook } from '#engine/catalogue/price-book.ts';
import { entriesOf, type FileEntry, type Sources } from './build-entries.ts';
import { qualities } from './figures.ts';
import { chatModelsOf, embeddingsOf, speakingModelsOf } from './mapped-models.ts';
import { readPriceMap } from './read-modes.ts';
import { type Rows, readRows } from './read-rows.ts';
import { cohere, cohereModels, dashscope, vendors } from './vendors.ts';

const TARGET = new URL('../../engine/catalogue/catalogue.generated.json', import.meta.url);

/** When the packages were published: the day their prices were stated. LiteLLM's wheel carries no day: when it was read. */
const PUBLISHED = { genaiPrices: '2026-09-23', piCatalog: '2026-09-23', litellm: '2026-11-22' };

function main(): void {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { rows: text, prices: text, litellm: text, day: text } });
  if (!values.rows || !values.prices || !values.litellm || !values.day) {
    throw new Error(
      'State all: --rows <folder of @oh-my-pi/pi-catalog>, --prices <file>, --litellm <its version>, --day <yyyy-mm-dd>',
    );
  }
  const { rows, version } = readRows(values.rows);
  const sources: Sources = {
    quality: qualities(rows),
    priceMap: readPriceMap(values.prices),
    day: new Date(`${values.day}T12:00:00Z`),
  };
  const file = buildFile(rows, sources, {
    'genai-prices': installedVersion('@pydantic/genai-prices'),
    'pi-catalog': version,
    litellm: values.litellm,
  });
  report(CatalogueFile.parse(file));
  writeFileSync(TARGET, textOf(file));
}

type Versions = Readonly<Record<'genai-prices' | 'pi-catalog' | 'litellm', string>>;

function buildFile(rows: Rows, sources: Sources, versions: Versions): CatalogueFileInput {
  const cohereRows = Object.fromEntries(
    cohereModels.flatMap(({ id, rows: provider, row }) => {
      const found = rows[provider]?.[row];
      return found ? [[id, { ...found, id }]] : [];
    }),
  );
  const listed = [...vendors, cohere].map((vendor): [string, Provider] => [
    vendor.id,
    {
      dialects: [...vendor.dialects],
      models: {
        ...entriesOf(vendor, vendor === cohere ? cohereRows : (rows[vendor.rows] ?? {}), sources),
        ...speakingModelsOf(sources.priceMap, vendor.id),
        ...embeddingsOf(sources.priceMap, vendor.id),
      },
    },
  ]);
  const alibaba = { dialects: [...dashscope.dialects], models: chatModelsOf(sources.priceMap, 'dashscope') };
  const day = sources.day.toISOString().slice(0, 10);
  const joined = Object.entries(versions).map(([name, version]) => `${name}-${version}`);
  return {
    format: 1,
    version: `${joined.join('+')}+${day}`,
    date: day,
    sources: sourcesOf(versions),
    figures: `pi-catalog ${versions['pi-catalog']} (origin of the figure undocumented)`,
    providers: Object.fromEntries([...listed, [dashscope.id, alibaba]]),
  };
}

type Provider = CatalogueFileInput['providers'][string];

/** In the order of `priceSource`. */
function sourcesOf(versions: Versions): CatalogueFileInput['sources'] {
  return [
    {
      name: `genai-prices ${versions['genai-prices']}`,
      date: PUBLISHED.genaiPrices,
      licence: 'MIT',
      url: 'https://github.com/pydantic/genai-prices',
    },
    {
      name: `pi-catalog ${versions['pi-catalog']}`,
      date: PUBLISHED.piCatalog,
      licence: 'MIT',
      url: 'https://github.com/can1357/oh-my-pi',
    },
    {
      name: `litellm ${versions.litellm}`,
      date: PUBLISHED.litellm,
      licence: 'MIT',
      url: 'https://github.com/BerriAI/litellm',
    },
  ];
}

function installedVersion(name: string): string {
  const door = createRequire(import.meta.url).resolve(name);
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(door), '..', 'package.json'), 'utf8'));
  if (manifest && typeof manifest === 'object' && 'version' in manifest) return String(manifest.version);
  throw new Error(`${name} states no version`);
}

/** One model a line, so that a change of one price is one line of a diff. */
function textOf({ providers, ...head }: CatalogueFileInput): string {
  const blocks = Object.entries(providers).map(([id, { dialects, models }]) => {
    const lines = Object.entries<FileEntry>(models).map(
      ([model, entry]) => `${JSON.stringify(model)}:${JSON.stringify(entry)}`,
    );
    return `${JSON.stringify(id)}:{"dialects":${JSON.stringify(dialects)},"models":{\n${lines.join(',\n')}\n}}`;
  });
  return `${JSON.stringify(head).slice(0, -1)},"providers":{\n${blocks.join(',\n')}\n}}\n`;
}

function report(file: CatalogueFile): void {
  const catalogue = loadCatalogue(file);
  const book = loadPriceBook(file);
  const free = [...book.prices.values()].filter(({ input, output }) => input === 0 && output === 0).length;
  for (const [provider, { models }] of Object.entries(file.providers)) {
    const ids = Object.keys(models).map((model) => `${provider}/${model}`);
    const priced = ids.filter((id) => book.prices.has(id)).length;
    process.stdout.write(`${provider.padEnd(12)} ${ids.length} models, ${priced} priced\n`);
  }
  process.stdout.write(
    `${catalogue.models.size} models, ${book.aliases.size} aliases, ${book.prices.size} priced (${free} of them free), ${book.version}\n`,
  );
}

main();
