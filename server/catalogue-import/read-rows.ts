import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Cost = z.object({
  input: z.number(),
  output: z.number(),
  cacheRead: z.number(),
  cacheWrite: z.number(),
  longContext: z
    .object({
      inputThreshold: z.number(),
      inputThresholdInclusive: z.boolean().optional(),
      input: z.number(),
      output: z.number(),
      cacheRead: z.number(),
      cacheWrite: z.number(),
    })
    .optional(),
});
export type Cost = z.output<typeof Cost>;

/** A row of pi-catalog's models.json, as far as it is used. */
const Row = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string().optional(),
  reasoning: z.boolean(),
  input: z.array(z.enum(['text', 'image'])),
  cost: Cost,
  contextWindow: z.number().nullable(),
  maxTokens: z.number().nullable(),
  supportsTools: z.boolean().optional(),
  tokenizer: z.string().optional(),
  /** An intelligence index from 0 to 100. */
  int: z.number().nullish(),
  /** Output tokens a second. */
  tps: z.number().nullish(),
});
export type Row = z.output<typeof Row>;
export type Rows = Record<string, Record<string, Row>>;

const Models = z.record(z.string(), z.record(z.string(), Row));
const Manifest = z.object({ name: z.string(), version: z.string(), license: z.string() });

/** The rows of an unpacked pi-catalog package, by provider and id. */
export function readRows(packageFolder: string): { rows: Rows; version: string } {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(packageFolder, file), 'utf8'));
  return {
    rows: Models.parse(read('src/models.json')),
    version: Manifest.parse(read('package.json')).version,
  };
}
