import { checkExpression, compileTest } from '../expression/index.ts';
import type { UserClassifier } from '../nodes/index.ts';
import type { Signals } from '../signals/index.ts';

/** What a classifier says of a message. An empty label: it has nothing to say. */
export interface Label {
  readonly label: string;
  /** 0–1. */
  readonly confidence: number;
}

/** Nothing fits. */
export const noLabel: Label = Object.freeze({ label: '', confidence: 0 });

type Rules = Extract<UserClassifier, { kind: 'rules' }>;

/**
 * A classifier by rules: the first rule of which a word stands in the text or whose condition is true. Words are found
 * whole and without regard to case; a condition that is undetermined is not true. Compiled once, then applied to many.
 */
export function compileRules({ rules }: Rules): (text: string, signals: Signals) => Label {
  const compiled = rules.map(({ label, keywords, when }) => {
    const checked = when === undefined ? undefined : checkExpression(when);
    return {
      answer: Object.freeze({ label, confidence: 1 }),
      words: (keywords ?? []).map((word) => plain(word)),
      test: checked?.kind === 'ok' ? compileTest(checked.expr) : undefined,
    };
  });
  return (text, signals) => {
    const said = plain(text);
    const rule = compiled.find(
      ({ words, test }) => words.some((word) => stands(word, said)) || test?.(signals) === true,
    );
    return rule?.answer ?? noLabel;
  };
}

/** Lower case, with one space between words and at both ends, and nothing but letters and digits. */
function plain(text: string): string {
  return ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
}

function stands(word: string, said: string): boolean {
  return word.trim() !== '' && said.includes(word);
}
