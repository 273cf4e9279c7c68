import { signalNamed } from './signal-words.ts';

export interface Token {
  readonly kind: 'signal' | 'text' | 'number' | 'operator' | 'word' | 'blank';
  readonly start: number;
  readonly text: string;
}

const pattern = /("(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)|(\d[\w.]*)|([A-Za-z_][\w.]*)|(\s+)|([^\w\s"']+)/g;

/** A condition in pieces to be coloured; together they are the text. */
export function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(pattern)].map(
    ({ 0: piece, 1: quoted, 2: digits, 3: word, 4: blank, index }): Token => {
      const place = { start: index, text: piece };
      if (quoted !== undefined) return { kind: 'text', ...place };
      if (digits !== undefined) return { kind: 'number', ...place };
      if (blank !== undefined) return { kind: 'blank', ...place };
      if (word === undefined) return { kind: 'operator', ...place };
      const isSignal =
        signalNamed(word) !== undefined || signalNamed(word.replace(/\.\w+$/, '')) !== undefined;
      return { kind: isSignal ? 'signal' : 'word', ...place };
    },
  );
}
