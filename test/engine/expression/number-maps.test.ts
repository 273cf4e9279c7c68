import { describe, expect, it } from 'vitest';
import { checkExpression, compileTest, rowsToText, textToRows } from '#engine/expression/index.ts';
import { checkNamedSignals, type NamedSignals, signalsFrom } from '#engine/signals/index.ts';

function test(text: string, signals: NamedSignals): boolean | undefined {
  const checked = checkExpression(text);
  if (checked.kind === 'bad') throw new Error(checked.problem.message);
  return compileTest(checked.expr)(signalsFrom(signals));
}

const slow = { 'health.error_rate': { 'openai/gpt-5': 0.25, plain: 0.5 } };

describe('numbers by key in conditions', () => {
  it('are compared, calculated with and asked for', () => {
    expect(test('health.error_rate["openai/gpt-5"] > 0.1', slow)).toBe(true);
    expect(test('health.error_rate.plain + 0.25 == 0.75', slow)).toBe(true);
    expect(test('"openai/gpt-5" in health.error_rate && !has(health.error_rate.none)', slow)).toBe(true);
    expect(test('size(health.error_rate) == 2', slow)).toBe(true);
  });

  it('are undetermined for a key that is missing and for a map that is unknown', () => {
    expect(test('health.error_rate["other"] > 0.1', slow)).toBeUndefined();
    expect(test('health.error_rate["openai/gpt-5"] > 0.1', {})).toBeUndefined();
    expect(
      test('health.error_rate["other"] > 0.1 || limits.used["cap"] >= 5.0', {
        ...slow,
        'limits.used': { cap: 5 },
      }),
    ).toBe(true);
  });

  it('are not texts', () => {
    expect(checkExpression('health.error_rate["a"] == "x"')).toMatchObject({ kind: 'bad' });
  });

  it('are rows of the builder with a key and a number', () => {
    const text = 'health.error_rate["openai/gpt-5"] >= 1.0';
    const read = textToRows(text);
    expect(read).toMatchObject({
      kind: 'rows',
      group: { rows: [{ signal: 'health.error_rate', key: 'openai/gpt-5', operator: '>=', value: 1 }] },
    });
    if (read.kind === 'rows') expect(rowsToText(read.group)).toBe(text);
  });

  it('are checked when signals come as JSON', () => {
    expect(checkNamedSignals(slow).kind).toBe('ok');
    expect(checkNamedSignals({ 'health.error_rate': { a: 'x' } })).toMatchObject({
      kind: 'bad',
      problems: ['"health.error_rate" must be an object with numbers as values, not {"a":"x"}.'],
    });
  });
});
