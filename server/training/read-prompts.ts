import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { taskLabels } from '#engine/classify/task-labels.ts';

const DataRow = z.object({
  text: z.string(),
  label: z.enum(taskLabels),
  source: z.string(),
  license: z.string(),
  share: z.string(),
  lang: z.string(),
  n_tools: z.number().nullish(),
  real: z.boolean().nullish(),
  hand: z.boolean().nullish(),
});
export type DataRow = z.output<typeof DataRow>;

const Example = z.strictObject({
  label: z.enum(taskLabels),
  text: z.string(),
  system: z.string().optional(),
  tools: z.number().optional(),
});
export type Example = z.output<typeof Example>;

/** Reads every `*.jsonl` of a folder, in name order; rows that may not be redistributed stay out. */
export function readDataRows(folder: string): readonly DataRow[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
  if (files.length === 0)
    throw new Error(`${folder} holds no .jsonl file; name the folder of labelled prompts.`);
  const rows = files.flatMap((name) => readLines(join(folder, name), DataRow));
  return rows.filter((row) => row.share.startsWith('ok'));
}

/** Reads our own prompts, which lie beside this file. */
export function readExamples(): readonly Example[] {
  return readLines(join(import.meta.dirname, 'examples.jsonl'), Example);
}

function readLines<T>(path: string, shape: z.ZodType<T>): T[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, at) => (line === '' ? [] : [readLine(line, `${path}:${at + 1}`, shape)]));
}

function readLine<T>(line: string, place: string, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
}
