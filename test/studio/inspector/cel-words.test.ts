import { describe, expect, it } from 'vitest';
import { checkExpression } from '#engine/expression/index.ts';
import { signalRegistry } from '#engine/signals/index.ts';
import { explainAt } from '../../../studio/inspector/condition/cel-words.ts';
import { conditionAt } from '../../../studio/json/condition-at.ts';

/** `|` stands before the letter that is pointed at. Answers the part of the text that is explained, and the word. */
function point(marked: string) {
  const at = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = explainAt(text, at);
  return found === undefined ? undefined : { part: text.slice(found.start, found.end), ...found.word };
}

const all =
  'has(a) && size(a) || int(a) == double(a) != string(a) > true >= false < ! <= in ? + - * / % startsWith endsWith ' +
  'contains matches lowerAscii upperAscii exists all exists_one';

describe('words of conditions', () => {
  it('explains a signal by name, type, unit, sentence and example', () => {
    expect(point('request.|input_tokens > 60000')).toEqual({
      part: 'request.input_tokens',
      name: 'request.input_tokens',
      type: 'whole number, tokens',
      unit: 'tokens',
      meaning: expect.stringMatching(/\.$/),
      example: expect.stringMatching(/^request\.input_tokens >= \d+$/),
    });
  });

  it('tells a method from the text it is asked of, and by what that is', () => {
    expect(point('caller.team.starts|With("a")')).toMatchObject({ part: 'startsWith', type: 'method' });
    expect(point('cal|ler.team.startsWith("a")')).toMatchObject({ part: 'caller.team' });
    expect(point('caller.tags.|size() > 1')).toMatchObject({ meaning: 'How many there are.' });
    expect(point('caller.team.|size() > 1')).toMatchObject({ meaning: 'Number of characters.' });
  });

  it('explains the operator that is pointed at, also where several stand together', () => {
    expect(point('(request.stream)&|&!(request.stream)')).toMatchObject({ name: '&&' });
    expect(point('(request.stream)&&|!(request.stream)')).toMatchObject({ name: '!' });
    expect(point('request.input_tokens >|= 5')).toMatchObject({ part: '>=', meaning: 'Is at least.' });
  });

  it('says nothing of values, keys, blanks and words that mean nothing', () => {
    for (const text of ['caller.team == "sea|rch"', 'request.tools > 4|2', 'request.tools| > 1', 'n|onsense'])
      expect(point(text)).toBeUndefined();
    expect(point('has(request.metadata.pl|an)')).toBeUndefined();
  });

  it('knows every word that a condition may use, each with an example that is a condition', () => {
    for (const name of [...all.matchAll(/[^\s()]+/g)].filter(([one]) => one !== 'a')) {
      const word = explainAt(all, name.index)?.word;
      expect(word?.name, name[0]).toBe(name[0]);
      expect(checkExpression(word?.example ?? ''), word?.example).toMatchObject({ kind: 'ok' });
    }
    for (const { name } of signalRegistry) {
      const word = explainAt(name, 0)?.word;
      expect(word?.name).toBe(name);
      if (word?.example !== undefined)
        expect(checkExpression(word.example), word.example).toMatchObject({ kind: 'ok' });
    }
  });
});

describe('a condition inside the text of a policy', () => {
  const line = '    { "id": "a", "when": "caller.team == \\"x\\" && request.tools > 0", "to": null },';

  it('is found under the pointer, and a place in it by its own letters', () => {
    const column = line.indexOf('request.tools');
    const found = conditionAt(line, column);
    expect(found?.text).toBe('caller.team == "x" && request.tools > 0');
    expect(explainAt(found!.text, found!.at)?.word.name).toBe('request.tools');
    expect(conditionAt(line, line.indexOf('null'))).toBeUndefined();
    expect(conditionAt(line, line.indexOf('when'))).toBeUndefined();
  });

  it('is also a signal by itself, as a split has it, but no other text', () => {
    expect(conditionAt('  "by": "session.id",', 10)?.text).toBe('session.id');
    expect(conditionAt('  "label": "true",', 13)).toBeUndefined();
  });
});
