import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, cutToEnds } from '#engine/classify/cut-text.ts';
import { requiredTexts } from '#engine/classify/required-texts.ts';
import { makeRuleFilter } from '#engine/classify/rule-filter.ts';
import { taskRules } from '#engine/classify/task-rules.ts';
import { readExamples } from '#server/training/read-prompts.ts';

const filter = makeRuleFilter(taskRules.map(({ pattern }) => pattern));

/** Rules that match a text although the filter said they cannot. Has to be empty, always. */
function missed(raw: string): readonly string[] {
  const text = cutText(raw).toLowerCase();
  const ends = cutToEnds(text);
  filter.read(text);
  return taskRules
    .filter(({ pattern }, at) => !filter.mayMatch(at) && (pattern.test(ends) || pattern.test(text)))
    .map(({ pattern }) => pattern.source);
}

describe('what a pattern requires of a text', () => {
  it.each([
    [/abc/, ['abc']],
    [/abc|de/, ['abc', 'de']],
    [/\bab c\b/, ['ab c']],
    [/colou?r/, ['colo']],
    [/ab+cd/, ['ab']],
    [/summar[iy]/, ['summar']],
    [/(?:bar|pie) ?chart/, ['chart']],
    [/\b(?:one|two)\b.{0,40}/, ['one', 'two']],
    [/(?:long word )?ab/, ['ab']],
    [/ab(?!cdef)/, ['ab']],
    [/a\.b\(/, ['a.b(']],
    [/x{2,}abc/, ['abc']],
    [/abc|[xy]\d/, null],
    [/\u0041bc/, null],
    [/ABC/i, null],
  ])('%s', (pattern, required) => {
    expect(requiredTexts(pattern)).toEqual(required);
  });

  it('is known for nearly all rules', () => {
    const unknown = taskRules.filter(({ pattern }) => requiredTexts(pattern) === null);
    expect(unknown.length).toBeLessThan(taskRules.length / 5);
  });
});

describe('the rule filter', () => {
  it('passes over no rule that matches one of our own examples', () => {
    const { first, later } = readExamples();
    const texts = [...first, ...later].map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(1_000);
    expect(texts.flatMap(missed)).toEqual([]);
  });

  it('passes over no rule that matches a text made of what rules look for', () => {
    const wanted = taskRules.flatMap(({ pattern }) => requiredTexts(pattern) ?? []);
    const piece = fc.oneof(
      fc.constantFrom(...wanted, ' ', '\n', ',', '|', '1 + 2', 'what', 'the'),
      fc.string({ maxLength: 4 }),
    );
    const text = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (one) => {
        expect(missed(one)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
