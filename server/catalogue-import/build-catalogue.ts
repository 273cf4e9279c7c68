/**
 * Writes engine/catalogue/catalogue.generated.json from two packages:
 *
 *   node --import tsx server/catalogue-import/build-catalogue.ts --rows <pi-catalog's folder> --day 2026-11-22
 *
 * pi-catalog is not a dependency of Waybill (it does not install cleanly); unpack it anywhere. See the README.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadCatalogue } from '#engine/catalogue/catalogue.ts';
import { CatalogueFile, type CatalogueFileInput } from '#engine/catalogue/catalogue-file.ts';
import { loadPriceBook } from '#engine/catalogue/price-book.ts';
import { entriesOf, type FileEntry } from './build-entries.ts';
import { qualities } from './figures.ts';
import { type Rows, readRows } from './read-rows.ts';
import { cohere, cohereModels, vendors } from './vendors.ts';

const TARGET = new URL('../../engine/catalogue/catalogue.generated.json', import.meta.url);

/** npm's publishing dates of the two packages: the day their prices were stated. */
const PUBLISHED = { genaiPrices: '2026-09-23', piCatalog: '2026-09-23' };

function main(): void {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, day: { type: 'string' } } });
  if (!values.rows || !values.day) {
    throw new Error('State both: --rows <folder of @oh-my-pi/pi-catalog> and --day <yyyy-mm-dd>');
  }
  const { rows, version } = readRows(values.rows);
  const file = buildFile(rows, version, values.day);
  report(CatalogueFile.parse(file));
  writeFileSync(TARGET, textOf(file));
}

function buildFile(rows: Rows, piVersion: string, day: string): CatalogueFileInput {
  const genaiVersion = installedVersion('@pydantic/genai-prices');
  const quality = qualities(rows);
  const at = new Date(`${day}T12:00:00Z`);
  const cohereRows = Object.fromEntries(
    cohereModels.flatMap(({ id, rows: provider, row }) => {
      const found = rows[provider]?.[row];
      return found ? [[id, { ...found, id }]] : [];
    }),
  );
  const providers = [...vendors, cohere].map((vendor): [string, CatalogueFileInput['providers'][string]] => [
    vendor.id,
    {
      dialects: [...vendor.dialects],
      models: entriesOf(vendor, vendor === cohere ? cohereRows : (rows[vendor.rows] ?? {}), quality, at),
    },
  ]);
  return {
    format: 1,
    version: `genai-prices-${genaiVersion}+pi-catalog-${piVersion}+${day}`,
    date: day,
    sources: [
      {
        name: `genai-prices ${genaiVersion}`,
        date: PUBLISHED.genaiPrices,
        licence: 'MIT',
        url: 'https://github.com/pydantic/genai-prices',
      },
      {
        name: `pi-catalog ${piVersion}`,
        date: PUBLISHED.piCatalog,
        licence: 'MIT',
        url: 'https://github.com/can1357/oh-my-pi',
      },
    ],
    figures: `pi-catalog ${piVersion} (origin of the figure undocumented)`,
    providers: Object.fromEntries(providers),
  };
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
