import { visitStructure, visitSystem, visitText } from '#engine/classify/task-features.ts';
import { type TaskInput, type TaskLabel, taskLabels } from '#engine/classify/task-labels.ts';
import { fillTemplates, type Prompt } from './prompt-templates.ts';
import { type DataRow, type Example, readDataRows, readExamples } from './read-prompts.ts';
import { type Features, packFeatures, type Sample } from './softmax-regression.ts';

/** A sample that remembers where it comes from. */
export interface SourcedSample extends Sample {
  readonly source: string;
  readonly license: string;
  /** Sources that share text, templates or an origin; they are left out together. */
  readonly family: string;
  readonly lang: string;
  readonly part: Part;
}

/** `data` and `own` are trained on, `hand` too but measured on apart, `check` never. */
export type Part = 'data' | 'hand' | 'real' | 'own' | 'template' | 'check';

const templateSeed = 7;
/** No source counts for more than this many rows; otherwise the largest would set the style. */
const sourceCap = 300;
const exampleTimes = 8;
const templateTimes = 3;
export const ownExamples = 'own examples';
export const laterExamples = 'own examples, second round';
export const ownCheck = 'own check prompts';
export const ownTemplates = 'own templates';
const ownLicense = 'Apache-2.0 (this project)';

const families: readonly (readonly [RegExp, string])[] = [
  [/^ms-chitchat/, 'ms-chitchat'],
  [/^writingbench/, 'writingbench'],
  [/^metatool/, 'metatool'],
  [/^bfcl/, 'bfcl'],
  [/^(?:gum|wikigold|wnut17) /, 'entity templates'],
];

/** Languages that sources are in, where their rows do not say so rightly. */
const sourceLanguages: Readonly<Record<string, string>> = {
  'ms-chitchat-french': 'fr',
  'ms-chitchat-german': 'de',
  'ms-chitchat-italian': 'it',
  'ms-chitchat-japanese': 'ja',
  'ms-chitchat-korean': 'ko',
  'ms-chitchat-portuguese': 'pt',
  'ms-chitchat-spanish': 'es',
  'ms-chitchat-chinese_simplified': 'zh',
};

/** Prompts of our own: written by hand in two rounds, and filled templates. */
export interface OwnPrompts {
  readonly first: readonly Example[];
  readonly later: readonly Example[];
  readonly templates: readonly Prompt[];
}

/** All material as samples: the data folder and our own prompts. */
export function collectSamples(folder: string, own: OwnPrompts = readOwnPrompts()): readonly SourcedSample[] {
  return [...collectData(readDataRows(folder)), ...collectExamples(own), ...collectTemplates(own)];
}

function readOwnPrompts(): OwnPrompts {
  return { ...readExamples(), templates: fillTemplates(templateSeed) };
}

function collectData(rows: readonly DataRow[]): readonly SourcedSample[] {
  const counts = new Map<string, number>();
  for (const { source } of rows) counts.set(source, (counts.get(source) ?? 0) + 1);
  return rows.map(({ source, license, lang, text, n_tools, label, real, hand }) => ({
    ...aSample({ text, tools: n_tools ?? 0 }, label, Math.min(1, sourceCap / (counts.get(source) ?? 1))),
    source,
    license,
    family: families.find(([pattern]) => pattern.test(source))?.[1] ?? source,
    lang: sourceLanguages[source] ?? lang,
    part: real === true ? 'real' : hand === true ? 'hand' : 'data',
  }));
}

function collectExamples({ first, later }: OwnPrompts): readonly SourcedSample[] {
  return [
    ...first.map((example) => anOwnSample(example, ownExamples, 'own')),
    ...later.map((example) =>
      example.split === 'check'
        ? anOwnSample(example, ownCheck, 'check')
        : anOwnSample(example, laterExamples, 'own'),
    ),
  ];
}

function anOwnSample(
  { label, text, system, tools, lang }: Example,
  source: string,
  part: Part,
): SourcedSample {
  const input = { text, tools: tools ?? 0, ...(system === undefined ? {} : { system }) };
  const place = { source, family: source, license: ownLicense, lang: lang ?? 'several', part };
  return { ...aSample(input, label, exampleTimes), ...place };
}

function collectTemplates({ templates }: OwnPrompts): readonly SourcedSample[] {
  const place = { source: ownTemplates, license: ownLicense, family: ownTemplates, lang: 'several' };
  return templates.map(({ label, text, tools }) => ({
    ...aSample({ text, tools }, label, templateTimes),
    ...place,
    part: 'template',
  }));
}

function aSample(input: TaskInput, label: TaskLabel, times: number): Sample {
  const features = packInput(input);
  const withoutTools = input.tools === 0 ? features : packInput({ ...input, tools: 0 });
  return { ...features, withoutTools, label: taskLabels.indexOf(label), times };
}

function packInput(input: TaskInput): Features {
  return packFeatures((visit) => {
    visitSystem(input.system ?? '', visit);
    visitStructure(input.tools, visit);
    visitText(input.text, visit);
  });
}
