/**
 * What a text has to contain for a pattern to match it: at least one of these texts, or `null` where nothing can be said.
 * Read from the pattern's own source, so that a rule is written once. Cautious: what it does not understand requires
 * nothing. Line feeds are left out, since the ends of a long text are joined by one.
 */
export function requiredTexts({ source, flags }: RegExp): readonly string[] | null {
  if (/[^gmu]/.test(flags)) return null;
  const reader = { source, at: 0 };
  const required = readAlternatives(reader);
  return reader.at === source.length ? required : null;
}

interface Reader {
  readonly source: string;
  at: number;
}

type Required = readonly string[] | null;

/** `a|b|c`: one of what each requires. */
function readAlternatives(reader: Reader): Required {
  let all: string[] | null = [];
  for (;;) {
    const one = readSequence(reader);
    all = all === null || one === null ? null : [...all, ...one];
    if (reader.source[reader.at] !== '|') return all;
    reader.at += 1;
  }
}

/** Parts in a row: the most telling of what they require, since all of them have to be there. */
function readSequence(reader: Reader): Required {
  let best: Required = null;
  let run = '';
  const endRun = (): void => {
    if (run !== '') best = moreTelling(best, [run]);
    run = '';
  };
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] ?? '')) {
    const part = readPart(reader);
    const optional = readQuantifier(reader);
    if (part.kind === 'nothing') continue;
    if (part.kind === 'letter' && optional === 'once') {
      run += part.letter;
      continue;
    }
    if (part.kind === 'letter' && optional === 'repeated') run += part.letter;
    endRun();
    if (part.kind === 'group' && optional !== 'optional') best = moreTelling(best, part.required);
  }
  endRun();
  return best;
}

function moreTelling(one: Required, other: Required): Required {
  if (one === null || other === null) return one ?? other;
  const [first, second] = [shortest(one), shortest(other)];
  if (first !== second) return first > second ? one : other;
  return one.length <= other.length ? one : other;
}

function shortest(texts: readonly string[]): number {
  return Math.min(...texts.map((text) => text.length));
}

type Part =
  | { readonly kind: 'letter'; readonly letter: string }
  | { readonly kind: 'group'; readonly required: Required }
  /** Takes up no characters: an edge, a look around. */
  | { readonly kind: 'nothing' }
  /** Some character or other. */
  | { readonly kind: 'any' };

function readPart(reader: Reader): Part {
  const { source } = reader;
  const letter = source[reader.at] ?? '';
  reader.at += 1;
  if (letter === '\\') return readEscape(reader);
  if (letter === '[') return readClass(reader);
  if (letter === '(') return readGroup(reader);
  if (letter === '^' || letter === '$') return { kind: 'nothing' };
  return letter === '.' ? { kind: 'any' } : { kind: 'letter', letter };
}

function readEscape(reader: Reader): Part {
  const letter = reader.source[reader.at] ?? '';
  reader.at += 1;
  if (letter === 'b' || letter === 'B') return { kind: 'nothing' };
  if (/[a-zA-Z0-9]/.test(letter)) {
    // Escapes with digits behind them are not understood; reading stops here and nothing is required.
    if (/[uxckpP0-9]/.test(letter)) reader.at = Number.POSITIVE_INFINITY;
    return { kind: 'any' };
  }
  return { kind: 'letter', letter };
}

function readClass(reader: Reader): Part {
  while (reader.at < reader.source.length && reader.source[reader.at] !== ']') {
    reader.at += reader.source[reader.at] === '\\' ? 2 : 1;
  }
  reader.at += 1;
  return { kind: 'any' };
}

function readGroup(reader: Reader): Part {
  const { source } = reader;
  const looksAround = /^\?(?:<?[=!])/.test(source.slice(reader.at, reader.at + 3));
  const opening = /^\?(?::|<?[=!]|<\w+>)/.exec(source.slice(reader.at, reader.at + 32));
  reader.at += opening?.[0].length ?? 0;
  const required = readAlternatives(reader);
  reader.at += 1;
  return looksAround ? { kind: 'nothing' } : { kind: 'group', required };
}

function readQuantifier(reader: Reader): 'once' | 'repeated' | 'optional' {
  const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 16));
  if (found === null) return 'once';
  reader.at += found[0].length;
  if (found[0].startsWith('+')) return 'repeated';
  return found[1] !== undefined && Number(found[1]) > 0 ? 'repeated' : 'optional';
}
