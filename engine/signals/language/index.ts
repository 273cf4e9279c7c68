/** The language of a text, by its script and its small words. */
import { weighScripts } from './scripts.ts';
import { cyrillicLetters, cyrillicWords, latinLetters, latinWords } from './words.ts';

/** So much of a text is looked at: its beginning and, of a longer one, its end, where the question often stands. */
const headCharacters = 256;
const tailCharacters = 128;
const unsure = 'und';

/**
 * The language of a text as its ISO 639-1 code; `und` where there is too little to tell, or two languages are as likely.
 * A guess from about four hundred characters: quotations and code in the text mislead it.
 */
export function languageOf(text: string): string {
  const sample = sampleOf(text);
  if (!/[\u0250-\uffff]/.test(sample)) return tellApart(sample, latin);
  const weights = weighScripts(sample);
  let total = 0;
  let script = '';
  let most = 0;
  for (const [name, weight] of weights) {
    total += weight;
    if (name !== 'latin' && weight > most) [script, most] = [name, weight];
  }
  // Names and loan words in Latin letters stand in texts of every language.
  if (total === 0) return unsure;
  return most >= total * 0.3 ? ofScript(script, sample, weights) : tellApart(sample, latin);
}

function sampleOf(text: string): string {
  const spoken = text.startsWith('```') ? text.slice(text.indexOf('\n```', 3) + 4) : text;
  if (spoken.length <= headCharacters + tailCharacters) return spoken;
  return `${spoken.slice(0, headCharacters)} ${spoken.slice(-tailCharacters)}`;
}

function ofScript(script: string, sample: string, weights: ReadonlyMap<string, number>): string {
  switch (script) {
    case 'cyrillic':
      return tellApart(sample, cyrillic);
    case 'arabic':
      if (/[ٹڈںےہ]/.test(sample)) return 'ur';
      return /[پچژگکی]/.test(sample) ? 'fa' : 'ar';
    case 'devanagari':
      return /ळ|आहे|आणि/.test(sample) ? 'mr' : 'hi';
    case 'han':
    case 'kana':
      return (weights.get('kana') ?? 0) * 10 > (weights.get('han') ?? 0) ? 'ja' : 'zh';
    case 'hangul':
      return 'ko';
    default:
      return script;
  }
}

interface Family {
  readonly languages: readonly string[];
  /** By word: language and what it says for it, in turns. */
  readonly words: ReadonlyMap<string, readonly number[]>;
  /** The same by letter. */
  readonly letters: ReadonlyMap<number, readonly number[]>;
  readonly isLetter: (code: number) => boolean;
}

const latin = familyOf(
  latinWords,
  latinLetters,
  (code) =>
    (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code <= 0x24f) || (code >= 0x1e00 && code <= 0x1eff),
);
const cyrillic = familyOf(cyrillicWords, cyrillicLetters, (code) => code >= 0x400 && code <= 0x52f);

function familyOf(
  words: Readonly<Record<string, string>>,
  letters: readonly (readonly [string, string, number])[],
  isLetter: (code: number) => boolean,
): Family {
  const languages = Object.keys(words);
  const owners = new Map<string, Set<number>>();
  for (const [index, language] of languages.entries()) {
    for (const word of (words[language] ?? '').split(' ')) {
      owners.set(word, (owners.get(word) ?? new Set()).add(index));
    }
  }
  const weighed = [...owners].map(([word, of]): [string, readonly number[]] => {
    // A word of one letter stands anywhere by chance.
    const says = (word.length === 1 ? 0.3 : word.length === 2 ? 0.7 : 1) / of.size ** 0.8;
    return [word, [...of].flatMap((index) => [index, says])];
  });
  const marks = new Map<number, number[]>();
  for (const [set, language, says] of letters) {
    for (const letter of set) {
      const code = letter.charCodeAt(0);
      marks.set(code, [...(marks.get(code) ?? []), languages.indexOf(language), says]);
    }
  }
  return { languages, words: new Map(weighed), letters: marks, isLetter };
}

/** After so many words more, whether it is clear already is looked at. */
const wordsAtATime = 12;
const clear = 4;

/** The language whose words and letters say most, if they say enough and clearly more than the next one's. */
function tellApart(sample: string, { languages, words, letters, isLetter }: Family): string {
  const scores = new Float64Array(languages.length);
  const text = sample.toLowerCase();
  let start = -1;
  let seen = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) add(scores, letters.get(code));
    if (isLetter(code)) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      add(scores, words.get(text.slice(start, at)));
      start = -1;
      seen += 1;
      if (seen % wordsAtATime === 0) {
        const { best, most, next } = leader(scores);
        if (most >= clear && most >= 1.5 * next) return languages[best] ?? unsure;
      }
    }
  }
  const { best, most, next } = leader(scores);
  return most >= 0.9 && most >= next * 1.15 + 0.1 ? (languages[best] ?? unsure) : unsure;
}

function leader(scores: Float64Array): {
  readonly best: number;
  readonly most: number;
  readonly next: number;
} {
  let best = 0;
  let most = scores[0] ?? 0;
  let next = 0;
  for (let index = 1; index < scores.length; index += 1) {
    const score = scores[index] ?? 0;
    if (score > most) {
      next = most;
      [best, most] = [index, score];
    } else if (score > next) next = score;
  }
  return { best, most, next };
}

function add(scores: Float64Array, says: readonly number[] | undefined): void {
  if (says === undefined) return;
  for (let at = 0; at < says.length; at += 2) {
    const language = says[at] ?? 0;
    scores[language] = (scores[language] ?? 0) + (says[at + 1] ?? 0);
  }
}
