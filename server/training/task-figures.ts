import { taskLabels } from '#engine/classify/task-labels.ts';
import {
  accuracyFrom,
  binByConfidence,
  calibrationError,
  coverageAt,
  fitTemperature,
  type Guess,
  guessAll,
  type ReliabilityBin,
} from './calibrate.ts';
import { laterExamples, ownCheck, ownExamples, type Part, type SourcedSample } from './collect-samples.ts';
import { groupBy } from './group-by.ts';
import type { HeldOut } from './leave-one-out.ts';

/** Accuracy of some rows, 0–1; `withoutTools` is what it is when nothing says that tools are declared. */
export interface Score {
  readonly name: string;
  readonly rows: number;
  readonly accuracy: number;
  readonly withoutTools: number;
}

/** How a set of prompts none of which was seen came out. Shares are 0–1. */
export interface SetFigures {
  readonly all: Score;
  /** Every family of sources counted alike, whatever its size. */
  readonly families: Score;
  readonly byLabel: readonly Score[];
  readonly byLanguage: readonly Score[];
  /** Expected calibration error over the bins. */
  readonly calibrationError: number;
  readonly bins: readonly ReliabilityBin[];
  readonly confident: { readonly share: number; readonly accuracy: number };
  readonly coverage: { readonly share: number; readonly threshold: number };
}

export interface TaskFigures {
  readonly temperature: number;
  readonly trainingRows: number;
  readonly unseen: SetFigures;
  readonly sources: readonly (Score & { readonly label: string })[];
  /** Absent where the data holds no such rows. */
  readonly real?: SetFigures;
  readonly hand?: SetFigures;
  readonly firstExamples?: SetFigures;
  readonly laterExamples?: SetFigures;
  readonly check?: SetFigures;
  readonly checkEnglish?: SetFigures;
  readonly material: readonly { readonly source: string; readonly license: string; readonly rows: number }[];
}

/** Condenses predictions on what was not seen into the figures that ship with the weights. */
export function condenseFigures(
  samples: readonly SourcedSample[],
  unseen: readonly HeldOut[],
  apart: readonly HeldOut[],
  temperature: number,
): TaskFigures {
  const data = unseen.filter(
    ({ sample }) => sample.part === 'data' || sample.part === 'hand' || sample.part === 'real',
  );
  const partOf = (part: Part): readonly HeldOut[] => apart.filter(({ sample }) => sample.part === part);
  const sourceOf = (source: string): readonly HeldOut[] =>
    unseen.filter(({ sample }) => sample.source === source);
  const check = apart.filter(({ sample }) => sample.source === ownCheck);
  const condense = (rows: readonly HeldOut[]): SetFigures => describeSet(rows, guessAll(rows, temperature));
  return {
    temperature,
    trainingRows: samples.filter(({ part }) => part !== 'check').length,
    unseen: describeSet(data, guessLeftOut(data)),
    sources: [...groupBy(data, ({ sample }) => sample.source)]
      .map(([source, rows]) => ({ ...score(source, rows), label: labelOf(rows) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    ...optional(
      'real',
      partOf('real').filter(({ sample }) => sample.lang === 'en'),
      condense,
    ),
    ...optional('hand', partOf('hand'), condense),
    ...optional('firstExamples', sourceOf(ownExamples), condense),
    ...optional('laterExamples', sourceOf(laterExamples), condense),
    ...optional('check', check, condense),
    ...optional(
      'checkEnglish',
      check.filter(({ sample }) => sample.lang === 'en'),
      condense,
    ),
    material: listMaterial(samples),
  };
}

function optional<K extends string>(
  name: K,
  rows: readonly HeldOut[],
  condense: (rows: readonly HeldOut[]) => SetFigures,
): { readonly [key in K]?: SetFigures } {
  if (rows.length === 0) return {};
  const found: { [key in K]?: SetFigures } = {};
  found[name] = condense(rows);
  return found;
}

function describeSet(rows: readonly HeldOut[], guesses: readonly Guess[]): SetFigures {
  const families = [...groupBy(rows, ({ sample }) => sample.family).values()].map((members) =>
    score('', members),
  );
  const bins = binByConfidence(guesses);
  return {
    all: score('all', rows),
    families: {
      name: 'families alike',
      rows: rows.length,
      accuracy: round(mean(families.map(({ accuracy }) => accuracy))),
      withoutTools: round(mean(families.map(({ withoutTools }) => withoutTools))),
    },
    byLabel: scoreGroups(rows, ({ sample }) => taskLabels[sample.label] ?? ''),
    byLanguage: scoreGroups(rows, ({ sample }) => sample.lang),
    calibrationError: round(calibrationError(bins)),
    bins: bins.map(({ from, share, confidence, accuracy }) => ({
      from,
      share: round(share),
      confidence: round(confidence),
      accuracy: round(accuracy),
    })),
    confident: roundAll(accuracyFrom(0.9, guesses)),
    coverage: roundAll(coverageAt(0.9, guesses)),
  };
}

/** Each family's guesses at the temperature the other families give, so that calibration is held out too. */
function guessLeftOut(rows: readonly HeldOut[]): readonly Guess[] {
  return [...groupBy(rows, ({ sample }) => sample.family)].flatMap(([family, members]) =>
    guessAll(members, fitTemperature(rows.filter(({ sample }) => sample.family !== family))),
  );
}

function scoreGroups(rows: readonly HeldOut[], nameOf: (row: HeldOut) => string): readonly Score[] {
  return [...groupBy(rows, nameOf)]
    .map(([name, members]) => score(name, members))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function score(name: string, rows: readonly HeldOut[]): Score {
  const rightShare = (of: (row: HeldOut) => readonly number[]): number =>
    round(mean(rows.map((row) => (best(of(row)) === row.sample.label ? 1 : 0))));
  return {
    name,
    rows: rows.length,
    accuracy: rightShare(({ logits }) => logits),
    withoutTools: rightShare(({ logitsWithoutTools }) => logitsWithoutTools),
  };
}

function labelOf(rows: readonly HeldOut[]): string {
  const labels = new Set(rows.map(({ sample }) => sample.label));
  return labels.size > 1 ? 'several' : (taskLabels[rows[0]?.sample.label ?? 0] ?? '');
}

function listMaterial(samples: readonly SourcedSample[]): TaskFigures['material'] {
  return [...groupBy(samples, ({ source, license }) => `${source}\n${license}`)]
    .map(([key, members]) => {
      const [source = '', license = ''] = key.split('\n');
      return { source, license, rows: members.length };
    })
    .sort((one, other) => (`${one.source}${one.license}` < `${other.source}${other.license}` ? -1 : 1));
}

function roundAll<T extends Readonly<Record<string, number>>>(values: T): T {
  const rounded: T = { ...values };
  return Object.assign(
    rounded,
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value)])),
  );
}

function best(logits: readonly number[]): number {
  return logits.indexOf(Math.max(...logits));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
