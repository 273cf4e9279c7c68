import { lexicon } from './lexicon/index.ts';
import { type Scan, tokenSort } from './scan-text.ts';

/** What difficulty is estimated from, in the order of the weights. Counts are `log(1 + n)`. */
export const difficultyFeatures = [
  'characters',
  'words',
  'sentences',
  'words per sentence',
  'commas',
  'long words',
  'numbers',
  'digits of the longest number',
  'number words',
  'amounts and units',
  'mathematical words',
  'mathematical signs',
  'conditions',
  'negations and choices',
  'how many',
  'comparisons',
  'logic and law',
  'natural science',
  'code',
  'people and feelings',
] as const;

type DifficultyFeature = (typeof difficultyFeatures)[number];

const features = difficultyFeatures.length;
const at = (name: DifficultyFeature): number => difficultyFeatures.indexOf(name);

/** The counter each category of the lexicon adds to; -1 for none. */
const counterOf = makeCounters([
  ['number words', ['number']],
  ['amounts and units', ['unit', 'quantity', 'per']],
  ['mathematical words', ['math', 'math_verb', 'statistics']],
  ['conditions', ['condition']],
  ['negations and choices', ['not', 'options']],
  ['how many', ['many']],
  ['comparisons', ['compare']],
  ['logic and law', ['logic', 'law']],
  ['natural science', ['science', 'health']],
  ['code', ['code', 'code_verb', 'error', 'program_language', 'operations', 'data']],
  ['people and feelings', ['greet', 'thanks', 'feel', 'sad', 'glad', 'family', 'talk', 'opinion']],
]);
const mathSigns = markSigns('\\^$=<>{}|+*/∫√≤≥→×÷±∑π');
const sentenceEnds = markSigns('.!?。！？');
const commas = markSigns(',;，；、');
const [words, sentences, perSentence, commaCount] = [
  at('words'),
  at('sentences'),
  at('words per sentence'),
  at('commas'),
];
const [longWords, numbers, longestNumber, signs] = [
  at('long words'),
  at('numbers'),
  at('digits of the longest number'),
  at('mathematical signs'),
];

/** Measures what difficulty is estimated from. `characters` is the length of the whole text, of which `text` is the cut. */
export function measureDifficulty(text: string, scan: Scan, characters: number): Float64Array {
  const counts = new Float64Array(features);
  for (let token = 0; token < scan.count; token++) {
    countToken(text, scan, token, counts);
    const counter = counterOf[scan.meanings[token] ?? 0] ?? -1;
    if (counter >= 0) raise(counts, counter);
  }
  const perOne = (counts[words] ?? 0) / Math.max(1, counts[sentences] ?? 0);
  counts[0] = characters;
  counts[perSentence] = perOne;
  for (let each = 0; each < features; each++) counts[each] = Math.log1p(counts[each] ?? 0);
  return counts;
}

function countToken(text: string, scan: Scan, token: number, counts: Float64Array): void {
  const sort = scan.sorts[token];
  const start = scan.starts[token] ?? 0;
  const length = (scan.ends[token] ?? 0) - start;
  if (sort === tokenSort.sign) {
    const code = text.charCodeAt(start);
    if (mathSigns[code] === 1) raise(counts, signs);
    else if (sentenceEnds[code] === 1) raise(counts, sentences);
    else if (commas[code] === 1) raise(counts, commaCount);
  } else if (sort === tokenSort.number) {
    raise(counts, numbers);
    if (length > (counts[longestNumber] ?? 0)) counts[longestNumber] = length;
  } else {
    raise(counts, words);
    if (length >= 9) raise(counts, longWords);
  }
}

function raise(counts: Float64Array, counter: number): void {
  counts[counter] = (counts[counter] ?? 0) + 1;
}

function makeCounters(lists: readonly (readonly [DifficultyFeature, readonly string[]])[]): Int8Array {
  const counters = new Int8Array(256).fill(-1);
  for (const [name, categories] of lists) {
    for (const category of categories) {
      const meaning = lexicon.categories.indexOf(category) + 1;
      if (meaning === 0) throw new Error(`The lexicon has no category "${category}" to count as ${name}.`);
      counters[meaning] = at(name);
    }
  }
  return counters;
}

function markSigns(signs: string): Uint8Array {
  const marks = new Uint8Array(0x1_0000);
  for (const sign of signs) marks[sign.charCodeAt(0)] = 1;
  return marks;
}
