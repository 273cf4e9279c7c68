import { describe, expect, it } from 'vitest';
import { tokensOf } from '../../../studio/inspector/condition/cel-tokens.ts';
import { completionsAt } from '../../../studio/inspector/condition/completions.ts';

/** `|` marks the caret. Answers the text after the first proposal, and all labels. */
function complete(marked: string) {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, items } = completionsAt(text, caret);
  const [first] = items;
  return {
    labels: items.map((item) => item.label.trim()),
    result: first === undefined ? text : text.slice(0, from) + first.insert + text.slice(to),
  };
}

describe('completion of conditions', () => {
  it('finds a signal by any part of its name', () => {
    expect(complete('tokens|').labels).toContain('request.input_tokens');
    expect(complete('request.inp|').result).toBe('request.input_tokens');
  });

  it('starts with every signal where a condition starts', () => {
    expect(complete('request.stream && |').labels).toContain('caller.team');
  });

  it('offers operators behind a signal', () => {
    expect(complete('request.input_tokens |').labels).toEqual(
      expect.arrayContaining(['>', '>=', '<', '<=', '==', '!=', 'in [']),
    );
  });

  it('offers likely values behind an operator, quoted where they are texts', () => {
    expect(complete('request.reasoning_effort == |').labels).toEqual(['"low"', '"medium"', '"high"']);
    expect(complete('request.input_tokens > |').labels).toContain('60000');
  });

  it('completes a value inside its quotes and closes them', () => {
    expect(complete('task.label == "math|').result).toBe('task.label == "math_reasoning"');
    expect(complete('task.label in ["code", "trans|"').result).toBe('task.label in ["code", "translation"');
  });

  it('offers methods behind a text', () => {
    expect(complete('request.model.starts|').result).toBe('request.model.startsWith("');
  });

  it('keeps quiet inside other texts', () => {
    expect(complete('request.model.contains("req|').labels).toEqual([]);
  });

  it('offers to go on behind a finished comparison', () => {
    expect(complete('request.tools > 0 |').labels).toEqual(['&&', '||']);
  });
});

describe('colouring of conditions', () => {
  it('loses no character', () => {
    for (const text of ['request.tools > 0 && "a\\"b" == caller.team', '"open', '', '∑ §'])
      expect(
        tokensOf(text)
          .map((token) => token.text)
          .join(''),
      ).toBe(text);
  });
});
