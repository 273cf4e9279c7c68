import { taskLabels } from '#engine/classify/task-labels.ts';
import { calibrationError, coverageAt, fitTemperature, guessAll } from './calibrate.ts';
import { ownExamples, ownTemplates, type SourcedSample } from './collect-samples.ts';
import type { HeldOut } from './leave-one-out.ts';

/** The material by source, with licences, as lines of a table. */
export function describeMaterial(samples: readonly SourcedSample[]): readonly string[] {
  const groups = groupBy(samples, (sample) => `${sample.source} | ${sample.license}`);
  const lines = [...groups].map(([name, members]) => `| ${name} | ${members.length} |`).sort();
  return ['| source | licence | rows |', '| --- | --- | --- |', ...lines];
}

/** Accuracy on every source by a model that never saw it or its family. */
export function describeSources(rows: readonly HeldOut[]): readonly string[] {
  const groups = groupBy(rows, ({ sample }) => sample.source);
  const lines = [...groups].map(([source, members]) => {
    const labels = [...new Set(members.map(({ sample }) => taskLabels[sample.label]))];
    const label = labels.length > 1 ? 'several' : labels[0];
    return `| ${source} | ${label} | ${members.length} | ${share(accuracy(members))} | ${share(accuracyWithoutTools(members))} |`;
  });
  const head = [
    '| unseen source | label | rows | accuracy | without structure |',
    '| --- | --- | --- | --- | --- |',
  ];
  return [...head, ...lines.sort()];
}

/** Accuracy over all unseen sources, by label, and calibration. */
export function describeOverall(rows: readonly HeldOut[]): readonly string[] {
  const data = rows.filter(({ sample }) => sample.source !== ownExamples && sample.source !== ownTemplates);
  const families = [...groupBy(data, ({ sample }) => sample.family).values()];
  const byLabel = [...groupBy(data, ({ sample }) => taskLabels[sample.label] ?? '')];
  return [
    `unseen sources, rows counted alike: ${share(accuracy(data))} (without structure ${share(accuracyWithoutTools(data))})`,
    `unseen sources, families counted alike: ${share(mean(families.map(accuracy)))} (without structure ${share(mean(families.map(accuracyWithoutTools)))})`,
    ...byLabel
      .map(([label, members]) => `  ${label}: ${share(accuracy(members))} of ${members.length}`)
      .sort(),
    ...describeCalibration('unseen sources, families counted alike', data, leaveOneOutGuesses(data)),
  ];
}

/** Accuracy on prompts of real users, or that there are none; then on the hand-labelled ones, the nearest to them. */
export function describeRealUse(rows: readonly HeldOut[], temperature: number): readonly string[] {
  const real = rows.filter(({ sample }) => sample.isReal && sample.lang === 'en');
  const hand = rows.filter(({ sample }) => sample.isHandLabelled);
  return [
    real.length === 0
      ? "real users' English prompts: the data holds no row marked real, so nothing was measured"
      : `real users' English prompts: ${share(accuracy(real))} of ${real.length}`,
    `hand-labelled prompts, none of them seen: ${share(accuracy(hand))} of ${hand.length}`,
    ...describeCalibration('hand-labelled prompts', hand, guessAll(hand, temperature)),
  ];
}

function describeCalibration(
  name: string,
  rows: readonly HeldOut[],
  guesses: ReturnType<typeof guessAll>,
): readonly string[] {
  if (rows.length === 0) return [];
  const coverage = coverageAt(0.9, guesses);
  return [
    `${name}: calibration error (ECE, 10 bins) ${calibrationError(guesses).toFixed(3)}`,
    `${name}: at 90 % precision ${share(coverage.share)} are covered (confidence from ${coverage.threshold.toFixed(2)})`,
  ];
}

/** Each family's guesses at the temperature the other families give, so that calibration is held out too. */
function leaveOneOutGuesses(rows: readonly HeldOut[]): ReturnType<typeof guessAll> {
  return [...groupBy(rows, ({ sample }) => sample.family)].flatMap(([family, members]) =>
    guessAll(members, fitTemperature(rows.filter(({ sample }) => sample.family !== family))),
  );
}

function accuracy(rows: readonly HeldOut[]): number {
  return mean(rows.map((row) => (best(row.logits) === row.sample.label ? 1 : 0)));
}

function accuracyWithoutTools(rows: readonly HeldOut[]): number {
  return mean(rows.map((row) => (best(row.logitsWithoutTools) === row.sample.label ? 1 : 0)));
}

function best(logits: readonly number[]): number {
  return logits.indexOf(Math.max(...logits));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
