import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { difficultyFeatures } from '#engine/classify/difficulty-features.ts';
import { taskLabels } from '#engine/classify/index.ts';
import { readTaskModel } from '#engine/classify/task-model.ts';
import { averageGapRecovered } from '#server/training/apgr.ts';
import { accuracyFrom, binByConfidence, calibrationError, coverageAt } from '#server/training/calibrate.ts';
import { fitDifficulty, type OutcomeSample } from '#server/training/fit-difficulty.ts';
import { readDataRows, readExamples } from '#server/training/read-prompts.ts';
import { trainTaskModel } from '#server/training/train-task-model.ts';

const aRow = (change: object = {}): object => ({
  text: 'Translate this into Dutch: good night',
  label: 'translation',
  source: 'tiny',
  license: 'CC0',
  share: 'ok',
  lang: 'en',
  ...change,
});

function aFolder(rows: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-training-'));
  writeFileSync(join(folder, 'rows.jsonl'), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  return folder;
}

describe('training on a tiny folder', () => {
  const sources = ['one', 'two'];
  const rows = sources.flatMap((source) =>
    taskLabels.map((label) => aRow({ source, label, text: `${source} asks for ${label}` })),
  );
  const examples = taskLabels.map((label) => ({ label, text: `an example of ${label}` }));
  let folder = '';
  beforeAll(() => {
    folder = aFolder(rows);
  });

  it('gives the same bytes twice', () => {
    const own = { first: examples, later: [], templates: [] };
    const [one, other] = [trainTaskModel(folder, own), trainTaskModel(folder, own)];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(readTaskModel(one.weights).weights.some((weight) => weight !== 0)).toBe(true);
  });

  it('scores every source by a model that did not see it, and check prompts by one that saw none', () => {
    const later = [{ label: 'code' as const, text: 'never seen', split: 'check' as const }];
    const { figures } = trainTaskModel(folder, { first: examples, later, templates: [] });
    expect(figures.sources.map(({ name, rows }) => [name, rows])).toEqual([
      ['one', 10],
      ['two', 10],
    ]);
    expect(figures.check?.all.rows).toBe(1);
    expect(figures.trainingRows).toBe(30);
    expect(figures.real).toBeUndefined();
  });

  it('changes nothing by a check prompt', () => {
    const own = { first: examples, templates: [] };
    const check = [{ label: 'code' as const, text: 'some other words', split: 'check' as const }];
    const without = trainTaskModel(folder, { ...own, later: [] }).weights.weights;
    expect(trainTaskModel(folder, { ...own, later: check }).weights.weights).toBe(without);
  });
});

describe('reading prompts', () => {
  it('leaves out rows that may not be redistributed', () => {
    const folder = aFolder([aRow(), aRow({ share: 'no', text: 'secret' })]);
    expect(readDataRows(folder).map(({ text }) => text)).toEqual(['Translate this into Dutch: good night']);
  });

  it('says file and line of a row with an unknown label', () => {
    expect(() => readDataRows(aFolder([aRow(), aRow({ label: 'poetry' })]))).toThrow(/rows\.jsonl:2.*label/s);
  });

  it('says which folder holds nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'waybill-training-'));
    expect(() => readDataRows(folder)).toThrow(/holds no \.jsonl file/);
    expect(() => readDataRows(join(folder, 'none'))).toThrow(/There is no folder/);
  });

  it('finds our own prompts for every label, and never the same text for training and for checks', () => {
    const { first, later } = readExamples();
    const trained = [...first, ...later.filter(({ split }) => split !== 'check')];
    const texts = new Set(trained.map(({ text }) => text));
    for (const label of taskLabels)
      expect(trained.filter((example) => example.label === label).length).toBeGreaterThan(100);
    expect(later.filter(({ text, split }) => split === 'check' && texts.has(text))).toEqual([]);
  });
});

describe('the average performance gap recovered', () => {
  const hard = { weak: 0, strong: 1 };
  const easy = { weak: 1, strong: 1 };

  it('is one half where all prompts are held for equally hard', () => {
    const prompts = [hard, easy, easy, hard, easy].map((prompt) => ({ ...prompt, difficulty: 0.3 }));
    expect(averageGapRecovered(prompts)).toBeCloseTo(0.5, 9);
  });

  it('is highest where the hard prompts come first, and lowest the other way round', () => {
    const sorted = [hard, easy, easy].map((prompt, at) => ({ ...prompt, difficulty: -at }));
    expect(averageGapRecovered(sorted)).toBeCloseTo(0.75, 9);
    expect(
      averageGapRecovered(sorted.map((prompt) => ({ ...prompt, difficulty: -prompt.difficulty }))),
    ).toBeCloseTo(0.25, 9);
  });

  it('is not said where the strong model is no better', () => {
    expect(averageGapRecovered([{ ...easy, difficulty: 1 }])).toBeNull();
    expect(averageGapRecovered([])).toBeNull();
  });
});

describe('calibration', () => {
  const guesses = [
    { confidence: 0.95, isRight: true, weight: 1 },
    { confidence: 0.95, isRight: true, weight: 1 },
    { confidence: 0.55, isRight: false, weight: 2 },
  ];

  it('counts how far confidence is from what was right, by bins', () => {
    const bins = binByConfidence(guesses);
    expect(bins.map(({ from, share, accuracy }) => [from, share, accuracy])).toEqual([
      [0.5, 0.5, 0],
      [0.9, 0.5, 1],
    ]);
    expect(calibrationError(bins)).toBeCloseTo(0.5 * 0.55 + 0.5 * 0.05, 9);
  });

  it('says how much is right from a confidence on, and how much can be had at a precision', () => {
    expect(accuracyFrom(0.9, guesses)).toEqual({ share: 0.5, accuracy: 1 });
    expect(coverageAt(0.9, guesses)).toEqual({ share: 0.5, threshold: 0.95 });
  });
});

describe('fitting difficulty', () => {
  const numbers = difficultyFeatures.indexOf('numbers');
  const samples: readonly OutcomeSample[] = Array.from({ length: 40 }, (_, at) => {
    const measured = new Float64Array(difficultyFeatures.length);
    measured[numbers] = at % 4;
    return {
      task: at % 2 === 0 ? 'one' : 'other',
      characters: 10,
      measured,
      weak: at % 4 < 2 ? 1 : 0,
      strong: 1,
    };
  });

  it('finds what small models fail at, the same every time', () => {
    const fitted = fitDifficulty(samples);
    expect(fitted.weights[numbers]).toBeGreaterThan(0.3);
    expect(fitDifficulty(samples)).toEqual(fitted);
  });

  it('does not say that more numbers make a prompt easier, whatever the outcomes', () => {
    const turned = samples.map((sample) => ({ ...sample, weak: 1 - sample.weak }));
    expect(fitDifficulty(turned).weights[numbers]).toBe(0);
  });
});
