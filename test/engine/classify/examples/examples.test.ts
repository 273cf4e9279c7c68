import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossValidate, makeExampleClassifier, staticEmbedding } from '#engine/classify/examples/index.ts';

/** Fifteen intents of a shop's customers, twenty messages each, written for this test: short, indirect, with slips. */
const intents: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('./intents.json', import.meta.url), 'utf8'),
);
const firstOf = (count: number) =>
  Object.fromEntries(Object.entries(intents).map(([label, texts]) => [label, texts.slice(0, count)]));
const embedding = staticEmbedding();

/** Share of the messages after the first ten that are recognised. */
function accuracyWith(count: number): number {
  const classifier = makeExampleClassifier(firstOf(count), embedding);
  const asked = Object.entries(intents).flatMap(([label, texts]) =>
    texts.slice(10).map((text) => [label, text]),
  );
  return (
    asked.filter(([label, text]) => classifier.classify(text ?? '').label === label).length / asked.length
  );
}

describe('a classifier by examples', () => {
  it('knows its own examples, whatever their case', () => {
    const classifier = makeExampleClassifier(firstOf(5), embedding);
    for (const [label, texts] of Object.entries(firstOf(5)))
      for (const text of texts) expect(classifier.classify(text.toUpperCase()).label).toBe(label);
  });

  it('recognises most messages it has not seen, of fifteen intents that are easily mixed up', () => {
    const [five, ten] = [accuracyWith(5), accuracyWith(10)];
    expect(five).toBeGreaterThan(0.6);
    expect(ten).toBeGreaterThan(0.65);
  });

  it('is not sure of messages that are like none of its examples', () => {
    const classifier = makeExampleClassifier(firstOf(5), embedding);
    for (const text of [
      'SELECT name FROM users WHERE id = 4',
      'Mitochondria are the powerhouse of the cell',
      '???',
    ])
      expect(classifier.classify(text).confidence).toBeLessThan(0.5);
  });

  it('says the same every time', () => {
    const [one, two] = [
      makeExampleClassifier(firstOf(3), embedding),
      makeExampleClassifier(firstOf(3), embedding),
    ];
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(two.classify(text)).toEqual(one.classify(text));
        const { confidence } = one.classify(text);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });

  it('shows the nearest examples', () => {
    const classifier = makeExampleClassifier(firstOf(5), embedding);
    const [nearest] = classifier.nearest('track my order now please', 3);
    expect(nearest).toMatchObject({ label: 'track_order', text: 'track my order please' });
  });

  it('has nothing to say without examples or words', () => {
    expect(makeExampleClassifier({}, embedding).classify('hello')).toEqual({ label: '', confidence: 0 });
    expect(makeExampleClassifier(firstOf(2), embedding).classify('…')).toEqual({ label: '', confidence: 0 });
  });

  it('tells how well it does by leaving examples out, and what it mixes up', () => {
    const { accuracy, confusions } = crossValidate(firstOf(8), embedding);
    expect(accuracy).toBeGreaterThan(0.5);
    expect(accuracy).toBeLessThan(1);
    expect(confusions[0]?.count).toBeGreaterThanOrEqual(confusions.at(-1)?.count ?? 0);
    expect(crossValidate({ a: ['one'], b: ['two', 'three'] }, embedding).accuracy).toBeNull();
  });
});
