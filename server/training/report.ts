import type { Score, SetFigures, TaskFigures } from './task-figures.ts';

/** The figures as lines of text, tables in Markdown. */
export function describeFigures(figures: TaskFigures): readonly string[] {
  return [
    ...describeSet('unseen sources (every source scored by a model that never saw it)', figures.unseen),
    '',
    ...(figures.real === undefined
      ? ["real users' English prompts: the data holds no row marked real, so nothing was measured"]
      : describeSet("real users' English prompts", figures.real)),
    '',
    ...describeSet('hand-labelled prompts of two sources, none of them seen', figures.hand),
    '',
    ...describeSet('own check prompts in English, never trained on', figures.checkEnglish),
    '',
    ...describeSet('own check prompts in all languages, never trained on', figures.check),
    '',
    ...describeSet('own examples (first round), by a model that saw none of them', figures.firstExamples),
    '',
    ...describeSet('own examples (second round), by a model that saw none of them', figures.laterExamples),
    '',
    `temperature ${figures.temperature}; trained on ${figures.trainingRows} rows`,
  ];
}

/** A table of sources: accuracy by a model that never saw them. */
export function describeSources(figures: TaskFigures): readonly string[] {
  return [
    '| unseen source | label | rows | accuracy | without structure |',
    '| --- | --- | --- | --- | --- |',
    ...figures.sources.map(
      ({ name, label, rows, accuracy, withoutTools }) =>
        `| ${name} | ${label} | ${rows} | ${percent(accuracy)} | ${percent(withoutTools)} |`,
    ),
  ];
}

/** A table of the material with licences. */
export function describeMaterial(figures: TaskFigures): readonly string[] {
  return [
    '| source | licence | rows |',
    '| --- | --- | --- |',
    ...figures.material.map(({ source, license, rows }) => `| ${source} | ${license} | ${rows} |`),
  ];
}

function describeSet(name: string, set: SetFigures | undefined): readonly string[] {
  if (set === undefined) return [`${name}: no such rows`];
  const { all, families } = set;
  const ofFamilies =
    families.accuracy === all.accuracy
      ? []
      : [
          `  families counted alike: ${percent(families.accuracy)} (without structure ${percent(families.withoutTools)})`,
        ];
  return [
    `${name}: ${percent(all.accuracy)} of ${all.rows} (without structure ${percent(all.withoutTools)})`,
    ...ofFamilies,
    `  at confidence 0.9 and above: ${percent(set.confident.accuracy)} right, ${percent(set.confident.share)} of prompts`,
    `  at 90 % precision: ${percent(set.coverage.share)} covered (confidence from ${set.coverage.threshold.toFixed(2)})`,
    `  calibration error (ECE, 10 bins): ${set.calibrationError.toFixed(3)}`,
    `  by confidence (said → right): ${set.bins.map((bin) => `${bin.confidence.toFixed(2)} → ${bin.accuracy.toFixed(2)}`).join(', ')}`,
    `  by label: ${list(set.byLabel)}`,
    `  by language: ${list(set.byLanguage)}`,
  ];
}

function list(scores: readonly Score[]): string {
  return scores.map(({ name, rows, accuracy }) => `${name} ${percent(accuracy)} of ${rows}`).join(', ');
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
