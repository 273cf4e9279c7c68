import { describe, expect, it } from 'vitest';
import { checkExpression } from '#engine/expression/index.ts';

function problemOf(text: string) {
  const checked = checkExpression(text);
  return checked.kind === 'bad' ? checked.problem : undefined;
}

describe('a condition', () => {
  it.each([
    'request.input_tokens > 60000',
    'caller.team == "search" && time.hour >= 18',
    '"batch" in caller.tags || request.metadata.plan == "free"',
    'has(request.metadata.plan) && request.metadata["plan"] in ["pro", "team"]',
    'caller.tags.exists(t, t.startsWith("eu-"))',
    'request.model.matches("^gpt-[45]")',
    'size(caller.tags) > 2 ? request.stream : !request.stream',
    'double(request.input_tokens) / 3.0 > 1000.0',
    'draw < 0.1',
  ])('may be %s', (text) => {
    expect(problemOf(text)).toBeUndefined();
  });

  it('names the unknown signal, its exact place and the nearest known one', () => {
    const problem = problemOf('request.tools > 0 && request.input_tokns > 5');
    expect(problem).toMatchObject({ code: 'condition_unknown_signal', range: { start: 29, end: 40 } });
    expect(problem?.message).toContain('Did you mean request.input_tokens?');
  });

  it.each([
    ['request.input_tokens > "many"', 'condition_type'],
    ['request.input_tokens', 'condition_not_boolean'],
    ['request.input_tokens >', 'condition_syntax'],
    ['', 'condition_empty'],
    ['user == "x"', 'condition_unknown_signal'],
    ['request.model.matches("(")', 'condition_pattern'],
    ['request.model.matches(request.dialect)', 'condition_unsupported'],
    ['caller.tags.map(t, t + "x").size() > 1', 'condition_unsupported'],
    ['caller.tags.exists(a, caller.tags.exists(b, a == b))', 'condition_unsupported'],
    [`draw < 0.5${' || draw < 0.5'.repeat(400)}`, 'condition_too_long'],
  ])('refuses %s as %s', (text, code) => {
    expect(problemOf(text)?.code).toBe(code);
  });

  it('says in words what does not go together', () => {
    expect(problemOf('request.model == 3')?.message).toBe(
      'A text and a whole number cannot be put together by ==.',
    );
  });

  it('says how to write decimals when whole and decimal numbers are mixed', () => {
    expect(problemOf('task.confidence == 1')?.message).toContain('1.0');
  });

  it('never throws on hostile text', () => {
    const hostile = [
      '('.repeat(300),
      '!'.repeat(3_000),
      'a.'.repeat(900),
      '"\\',
      '[[[[',
      'request'.repeat(400),
      '1+'.repeat(1_500),
    ];
    for (const text of hostile) expect(checkExpression(text).kind).toBe('bad');
  });
});
