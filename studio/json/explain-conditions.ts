import { explainAt } from '../inspector/condition/cel-words.ts';
import { conditionAt } from './condition-at.ts';
import { monaco } from './monaco.ts';

/** Hovering a word of a condition says what it is, as in the inspector. */
export function explainConditions(): monaco.IDisposable {
  return monaco.languages.registerHoverProvider('json', {
    provideHover(model, { lineNumber, column }) {
      const condition = conditionAt(model.getLineContent(lineNumber), column - 1);
      const found = condition === undefined ? undefined : explainAt(condition.text, condition.at);
      if (found === undefined) return null;
      const { name, type, meaning, example } = found.word;
      const title = { value: `**\`${name}\`** · ${type}` };
      const lines = [title, { value: meaning }];
      return {
        contents: example === undefined ? lines : [...lines, { value: `\`${example}\`` }],
      };
    },
  });
}
