import { describe, expect, it } from 'vitest';
import { checkExpression, compileTest } from '#engine/expression/index.ts';
import type { NamedSignals } from '#engine/signals/index.ts';
import { someSignals } from '../builders.ts';

function answer(text: string, signals: NamedSignals = {}): boolean | undefined {
  const checked = checkExpression(text);
  if (checked.kind === 'bad') throw new Error(checked.problem.message);
  return compileTest(checked.expr)(someSignals(signals));
}

describe('evaluating a condition', () => {
  it.each([
    ['request.input_tokens > 812', false],
    ['request.input_tokens >= 812', true],
    ['request.input_tokens / 100 == 8', true],
    ['request.input_tokens % 100 == 12', true],
    ['-request.input_tokens < 0', true],
    ['caller.team in ["search", "support"]', true],
    ['"batch" in caller.tags', false],
    ['caller.team.startsWith("sea") && caller.team.endsWith("ch") && caller.team.contains("ar")', true],
    ['caller.team.upperAscii() == "SEARCH"', true],
    ['caller.team.size() == 6', true],
    ['"x" + caller.team == "xsearch"', true],
    ['request.stream ? draw > 0.5 : draw < 0.5', true],
    ['int("12") == 12 && string(12) == "12"', true],
    ['caller.team.matches("^s.*h$")', true],
  ])('%s is %s', (text, expected) => {
    expect(answer(text)).toBe(expected);
  });

  it('reads metadata by field and by key', () => {
    const signals = { 'request.metadata': { plan: 'pro' } };
    expect(answer('request.metadata.plan == "pro" && request.metadata["plan"] == "pro"', signals)).toBe(true);
    expect(answer('has(request.metadata.plan) && !has(request.metadata.tier)', signals)).toBe(true);
    expect(answer('"plan" in request.metadata', signals)).toBe(true);
  });

  it('folds over tags', () => {
    const signals = { 'caller.tags': ['eu-west', 'batch'] };
    expect(answer('caller.tags.exists(t, t.startsWith("eu"))', signals)).toBe(true);
    expect(answer('caller.tags.all(t, t.size() > 4)', signals)).toBe(true);
    expect(answer('caller.tags.exists_one(t, t == "batch")', signals)).toBe(true);
    expect(answer('caller.tags[1] == "batch"', signals)).toBe(true);
  });

  it('is undetermined, not false, when a key is missing, a signal unknown or a divisor zero', () => {
    expect(answer('request.metadata.plan == "pro"')).toBeUndefined();
    expect(answer('request.tools > 0', { 'request.tools': null })).toBeUndefined();
    expect(answer('10 / request.tools > 1')).toBeUndefined();
    expect(answer('caller.tags[3] == "x"')).toBeUndefined();
  });

  it('lets a deciding side win over an undetermined one, whichever side it stands on', () => {
    expect(answer('request.metadata.plan == "pro" || request.input_tokens > 1')).toBe(true);
    expect(answer('request.input_tokens > 1 || request.metadata.plan == "pro"')).toBe(true);
    expect(answer('request.metadata.plan == "pro" && request.input_tokens < 1')).toBe(false);
  });

  it('does not see keys that every object inherits', () => {
    expect(answer('"constructor" in request.metadata')).toBe(false);
    expect(answer('request.metadata.toString == "x"')).toBeUndefined();
  });

  it('takes linear time on patterns that stall a backtracking matcher', () => {
    expect(answer('request.model.matches("^(a+)+$")', { 'request.model': `${'a'.repeat(5_000)}!` })).toBe(
      false,
    );
  });
});
