import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
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

const ExampleLine = z.strictObject({
  label: z.enum(taskLabels).optional(),
  text: z.string(),
  system: z.string().optional(),
  tools: z.number().optional(),
  images: z.number().optional(),
  lang: z.string().optional(),
  /** `check` is never trained on. */
  split: z.enum(['train', 'check']).optional(),
});
export type Example = z.output<typeof ExampleLine> & { readonly label: (typeof taskLabels)[number] };

/** Reads every `*.jsonl` of a folder, in name order; rows that may not be redistributed stay out. */
export function readDataRows(folder: string): readonly DataRow[] {
  const names = jsonLinesIn(folder);
  if (names.length === 0)
    throw new Error(`${folder} holds no .jsonl file; name the folder of labelled prompts.`);
  const rows = names.flatMap((name) => readLines(join(folder, name), DataRow));
  return rows.filter((row) => row.share.startsWith('ok'));
}

/** Our first prompts, and those written later: two files of style, measured apart. */
export function readExamples(): { readonly first: readonly Example[]; readonly later: readonly Example[] } {
  const first = readExampleFile(join(import.meta.dirname, 'examples.jsonl'));
  const folder = join(import.meta.dirname, 'examples');
  const later = jsonLinesIn(folder).flatMap((name) => readExampleFile(join(folder, name)));
  return { first, later: dropTwins(later, first) };
}

/** A line without a label has that of its file's name. */
function readExampleFile(path: string): readonly Example[] {
  const named = taskLabels.find((label) => label === basename(path, '.jsonl'));
  return readLines(path, ExampleLine).map((line): Example => {
    const label = line.label ?? named;
    if (label !== undefined) return { ...line, label };
    throw new Error(`${path}: a line names no label, and the file is not called after one.`);
  });
}

/** A text that occurs twice counts once, as `check` where one of the two is; one of the first prompts is never a check. */
function dropTwins(examples: readonly Example[], first: readonly Example[]): readonly Example[] {
  const known = new Set(first.map(({ text }) => text));
  const byText = new Map<string, Example>();
  for (const example of examples) {
    if (known.has(example.text)) continue;
    if (!byText.has(example.text) || example.split === 'check') byText.set(example.text, example);
  }
  return [...byText.values()];
}

function jsonLinesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}; name one that holds .jsonl files.`);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}

/** Reads a file of one JSON object a line; says file and line of what does not have the shape. */
export function readLines<T>(path: string, shape: z.ZodType<T>): T[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line, at) => (line === '' ? [] : [readLine(line, `${path}:${at + 1}`, shape)]));
}

function readLine<T>(line: string, place: string, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(JSON.parse(line));
  if (parsed.success) return parsed.data;
  throw new Error(`${place}: ${z.prettifyError(parsed.error)}`);
}
