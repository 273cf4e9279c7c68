import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import { type ImportReport, importLog, logFormats, parseModelMap } from '#server/import/index.ts';
import { aFile } from '../cli-verbs/run-verb.ts';

/** What an import said and wrote. */
export interface Imported extends ImportReport {
  readonly rows: readonly Partial<RequestRecord>[];
}

/** Imports a file of this content, with what models its names stand for and when it began. */
export async function imported(
  format: string,
  name: string,
  content: string | object,
  {
    start = null,
    target = null,
    map = '',
  }: { start?: number | null; target?: string | null; map?: string } = {},
): Promise<Imported> {
  const found = logFormats.find((one) => one.name === format);
  const named = parseModelMap(map);
  if (found === undefined || named.kind === 'bad')
    throw new Error('The test asks for something that is not there.');
  const rows: Partial<RequestRecord>[] = [];
  const report = await importLog({
    path: aFile(name, content),
    format: found,
    models: { named: named.named, otherwise: target, catalogue: defaultCatalogue },
    startsAt: start,
    priceBook: defaultPriceBook,
    write: async (row) => void rows.push(row as Partial<RequestRecord>),
  });
  return { ...report, rows };
}

/** A file of these lines. */
export const lines = (...all: readonly string[]) => `${all.join('\n')}\n`;
