import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { taskLabels } from '#engine/classify/task-labels.ts';

const folder = join(import.meta.dirname, '../../../server/training/examples');

const Example = z.strictObject({
  text: z.string().min(1),
  system: z.string().min(1).optional(),
  tools: z.int().positive().optional(),
  images: z.int().positive().optional(),
  lang: z.string().regex(/^[a-z]{2}$/),
  split: z.enum(['train', 'check']),
  label: z.enum(taskLabels).optional(),
});
type Example = z.output<typeof Example>;

const trainFiles = taskLabels.map((label) => `${label}.jsonl`);
const train = trainFiles.flatMap((name) => readFile(name));
const check = readFile('check.jsonl');

describe('the written training examples', () => {
  it('has one file for each label and one for checking, and no other', () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    expect(names.sort()).toEqual([...trainFiles, 'check.jsonl'].sort());
  });

  it('holds at least 260 for each label, 2,600 in all, and marks them as training', () => {
    for (const name of trainFiles) expect(readFile(name).length, name).toBeGreaterThanOrEqual(260);
    expect(train.length).toBeGreaterThanOrEqual(2600);
    expect(new Set(train.map((example) => example.split))).toEqual(new Set(['train']));
  });

  it('holds 30 of each label for checking', () => {
    for (const label of taskLabels)
      expect(check.filter((example) => example.label === label).length, label).toBe(30);
    expect(new Set(check.map((example) => example.split))).toEqual(new Set(['check']));
  });

  it('says nothing twice', () => {
    const texts = [...train, ...check].map((example) => normalise(example.text));
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  it('speaks at least twelve languages in training', () => {
    expect(new Set(train.map((example) => example.lang)).size).toBeGreaterThanOrEqual(12);
  });

  it('shares no run of eight words between training and checking', () => {
    const known = new Set(train.flatMap((example) => runsOfEight(example.text)));
    const shared = check.filter((example) => runsOfEight(example.text).some((run) => known.has(run)));
    expect(shared.map((example) => example.text)).toEqual([]);
  });
});

function readFile(name: string): readonly Example[] {
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  return lines.map((line, at) => {
    const parsed = Example.safeParse(JSON.parse(line));
    if (parsed.success) return parsed.data;
    throw new Error(`${name}:${at + 1}: ${z.prettifyError(parsed.error)}`);
  });
}

/** Words only, in lower case; what consists of signs alone stays as it is. */
function normalise(text: string): string {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words === '' ? text : words;
}

function runsOfEight(text: string): readonly string[] {
  const words = normalise(text).split(' ');
  return words.slice(7).map((_, at) => words.slice(at, at + 8).join(' '));
}
