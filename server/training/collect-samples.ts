import { measureTaskFeatures } from '#engine/classify/task-features.ts';
import { type TaskInput, type TaskLabel, taskLabels } from '#engine/classify/task-labels.ts';
import { fillTemplates } from './prompt-templates.ts';
import { readDataRows, readExamples } from './read-prompts.ts';
import { packFeatures, type Sample } from './softmax-regression.ts';

/** A sample that remembers where it comes from, and how it looks without its tools. */
export interface SourcedSample extends Sample {
  readonly source: string;
  readonly license: string;
  /** Sources that share text, templates or an origin; they are left out together. */
  readonly family: string;
  readonly lang: string;
  readonly isReal: boolean;
  readonly isHandLabelled: boolean;
  readonly withoutTools: Pick<Sample, 'rows' | 'values'>;
}

const templateSeed = 7;
/** No source counts for more than this many rows; otherwise the largest would set the style. */
const sourceCap = 300;
const exampleTimes = 30;
const templateTimes = 3;
export const ownExamples = 'own examples';
export const ownTemplates = 'own templates';

const families: readonly (readonly [RegExp, string])[] = [
  [/^ms-chitchat/, 'ms-chitchat'],
  [/^writingbench/, 'writingbench'],
  [/^metatool/, 'metatool'],
  [/^bfcl/, 'bfcl'],
  [/^(?:gum|wikigold|wnut17) /, 'entity templates'],
];

/** All training material as samples: the data folder, our examples, our filled templates. */
export function collectSamples(folder: string): readonly SourcedSample[] {
  const rows = readDataRows(folder);
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.source, (counts.get(row.source) ?? 0) + 1);
  const data = rows.map((row) => {
    const times = Math.min(1, sourceCap / (counts.get(row.source) ?? 1));
    const place = { source: row.source, license: row.license, lang: row.lang };
    const marks = { isReal: row.real === true, isHandLabelled: row.hand === true };
    return {
      ...aSample({ text: row.text, tools: row.n_tools ?? 0 }, row.label, times),
      ...place,
      ...marks,
      family: familyOf(row.source),
    };
  });
  const examples = readExamples().map(({ label, text, system, tools }) => ({
    ...aSample({ text, tools: tools ?? 0, ...(system === undefined ? {} : { system }) }, label, exampleTimes),
    ...ownPlace(ownExamples),
  }));
  const templates = fillTemplates(templateSeed).map(({ label, text, tools }) => ({
    ...aSample({ text, tools }, label, templateTimes),
    ...ownPlace(ownTemplates),
  }));
  return [...data, ...examples, ...templates];
}

function aSample(input: TaskInput, label: TaskLabel, times: number) {
  const features = packFeatures(measureTaskFeatures(input));
  const withoutTools =
    input.tools === 0 ? features : packFeatures(measureTaskFeatures({ ...input, tools: 0 }));
  return { ...features, withoutTools, label: taskLabels.indexOf(label), times };
}

function ownPlace(source: string) {
  const marks = { isReal: false, isHandLabelled: false };
  return { source, family: source, license: 'Apache-2.0 (this project)', lang: 'several', ...marks };
}

function familyOf(source: string): string {
  return families.find(([pattern]) => pattern.test(source))?.[1] ?? source;
}
