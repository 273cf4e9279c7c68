import { z } from 'zod';
import { Dialect, Modality } from './model.ts';

/** A model as the generated file states it: what equals the default is left out. */
const FileModel = z.strictObject({
  name: z.string(),
  family: z.string(),
  tokenizer: z.string().optional(),
  dialects: z.array(Dialect).optional(),
  context: z.int().nullable(),
  maxOutput: z.int().nullable(),
  input: z.array(Modality).optional(),
  output: z.array(Modality).optional(),
  tools: z.literal(false).optional(),
  reasoning: z.literal(true).optional(),
  jsonSchema: z.boolean().optional(),
  caching: z.enum(['automatic', 'explicit', 'none']).optional(),
  quality: z.number().optional(),
  tokensPerSecond: z.number().optional(),
  deprecated: z.literal(true).optional(),
  aliases: z.array(z.string()).optional(),
  /** `price_usd_per_million`, read by `parsePrice`; left out: unpriced. */
  price: z.unknown().optional(),
  /** Index into `sources`. */
  priceSource: z.int().default(0),
});
type FileModel = z.output<typeof FileModel>;

/** The generated catalogue: models grouped by provider, their prices beside them. */
export const CatalogueFile = z.strictObject({
  format: z.literal(1),
  version: z.string().min(1),
  date: z.iso.date(),
  /** Packages the figures come from; the first is the default source of a price. */
  sources: z.array(
    z.strictObject({ name: z.string(), date: z.iso.date(), licence: z.string(), url: z.url() }),
  ),
  /** Where `quality` and `tokensPerSecond` come from. */
  figures: z.string(),
  providers: z.record(
    z.string(),
    z.strictObject({ dialects: z.array(Dialect), models: z.record(z.string(), FileModel) }),
  ),
});
export type CatalogueFile = z.output<typeof CatalogueFile>;
export type CatalogueFileInput = z.input<typeof CatalogueFile>;

interface FileEntry {
  readonly id: string;
  readonly dialects: readonly Dialect[];
  readonly entry: FileModel;
}

/** Every model of the file with its target id; aliases come as target ids too. */
export function modelsIn(file: CatalogueFile): readonly FileEntry[] {
  return Object.entries(file.providers).flatMap(([provider, { dialects, models }]) =>
    Object.entries(models).map(([model, entry]) => ({
      id: `${provider}/${model}`,
      dialects: entry.dialects ?? dialects,
      entry: { ...entry, aliases: entry.aliases?.map((alias) => `${provider}/${alias}`) },
    })),
  );
}
