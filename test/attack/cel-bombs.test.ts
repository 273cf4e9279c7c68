import { describe, expect, it } from 'vitest';
import { limits } from '#engine/expression/environment.ts';
import { checkExpression, compileTest } from '#engine/expression/index.ts';
import { signalsFrom } from '#engine/signals/index.ts';

const nested = (depth: number) => {
  let text = 'true';
  for (let level = 0; level < depth; level += 1) text = `caller.tags.all(t${level}, ${text})`;
  return text;
};
const most = {
  'caller.tags': Array.from({ length: 32 }, (_, index) => `tag-${index}`),
  'request.model': 'a'.repeat(200),
  'request.metadata': { note: `${'a'.repeat(199)}!` },
};

/** Conditions of an author who means ill, each within what the editor takes as a text. */
const bombs: readonly (readonly [string, string])[] = [
  ['macros in macros', nested(40)],
  ['macros a few deep', nested(6)],
  ['a regular expression that backtracks', 'request.model.matches("^(a+)+$")'],
  ['one with alternatives', 'request.metadata["note"].matches("^(a|aa|aaa)*$")'],
  ['one with a back reference', 'request.model.matches("^(a)\\\\1+$")'],
  ['one that repeats repeats', 'request.model.matches("((a{0,100}){0,100}){0,100}")'],
  ['one with look-ahead', 'request.model.matches("(?=a)(?!b)(?<=c)")'],
  ['a huge list', `request.model in [${Array.from({ length: 900 }, (_, index) => `"m${index}"`).join(',')}]`],
  ['a list of lists', `[[[[[[[[[[${'1'}]]]]]]]]]] == [[[[[[[[[[1]]]]]]]]]]`],
  ['brackets without end', `${'('.repeat(1_900)}true${')'.repeat(1_900)}`],
  ['negations without end', `${'!'.repeat(3_900)}true`],
  ['a chain of conditions', Array.from({ length: 400 }, () => 'draw > 0').join(' && ')],
  ['choices in choices', `${'true ? '.repeat(300)}true${' : false'.repeat(300)}`],
  ['a text that doubles itself', `${'("a" + '.repeat(200)}"a"${')'.repeat(200)} == "b"`],
  ['a number beyond numbers', 'request.input_tokens > 99999999999999999999999999'],
  ['a text too long', `request.model == "${'a'.repeat(limits.maxCharacters)}"`],
  ['a name of a prototype', 'request.__proto__ == "x"'],
  ['a way to a constructor', 'request.constructor.constructor("return 1")() == 1'],
  ['a key of a prototype', 'request.metadata["__proto__"] == "x" || has(request.metadata.constructor)'],
];

describe('a condition made to hurt', () => {
  it.each(bombs)('is told apart or decided with bounded work, and never throws: %s', (_, text) => {
    const checked = checkExpression(text);
    if (checked.kind === 'bad') return expect(checked.problem.message.length).toBeGreaterThan(10);
    // What grows with a power of its input would not come back within the suite's patience.
    expect([true, false, undefined]).toContain(compileTest(checked.expr)(signalsFrom(most)));
    return undefined;
  });
});
