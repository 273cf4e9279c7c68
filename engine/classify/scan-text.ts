import { emptyHash, lexicon, mixLetter } from './lexicon/index.ts';

/** Most tokens of a cut text, which has fewer characters. */
const mostTokens = 2_048;

/** The tokens of a text, in buffers that the next scan writes over. */
export interface Scan {
  readonly count: number;
  readonly hashes: Int32Array;
  /** Where a token begins and ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Category of the lexicon, 0 for none. */
  readonly meanings: Uint8Array;
  readonly sorts: Uint8Array;
}

/** What a token is. */
export const tokenSort = { ideograph: 1, sign: 2, number: 3, word: 4 } as const;

const scan = {
  count: 0,
  hashes: new Int32Array(mostTokens),
  starts: new Int32Array(mostTokens),
  ends: new Int32Array(mostTokens),
  meanings: new Uint8Array(mostTokens),
  sorts: new Uint8Array(mostTokens),
};

/** Splits a lower-cased text into words, numbers, ideographs and runs of one sign. The answer is good until the next call. */
export function scanText(text: string): Scan {
  let at = 0;
  let count = 0;
  while (at < text.length && count < mostTokens) {
    const code = text.charCodeAt(at);
    const sort = sortOf(code);
    if (sort === space) {
      at++;
      continue;
    }
    scan.starts[count] = at;
    if (sort === letter) at = readWord(text, at, count);
    else if (sort === ideograph) at = readIdeograph(text, at, count);
    else at = readSign(text, at, count);
    scan.ends[count] = at;
    count++;
  }
  scan.count = count;
  return scan;
}

function readWord(text: string, start: number, token: number): number {
  let hash = emptyHash;
  let at = start;
  let digits = 0;
  let meaning = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (sortOf(code) !== letter) break;
    if (code >= 48 && code <= 57) digits++;
    hash = mixLetter(hash, code);
    if (at - start >= 2) meaning = lexicon.stem(hash) || meaning;
  }
  if (digits === at - start) {
    // Numbers count by their number of digits only: which number it is says nothing about the task.
    setToken(token, scramble(0x23 + (Math.min(digits, 5) << 24)), 0, tokenSort.number);
  } else {
    setToken(token, hash, lexicon.whole(hash) || meaning, tokenSort.word);
  }
  return at;
}

/** The longest run of ideographs from here that the lexicon knows gives the meaning; the token is the first alone. */
function readIdeograph(text: string, start: number, token: number): number {
  let hash = emptyHash;
  let meaning = 0;
  for (let at = start; at < start + 5 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (sortOf(code) !== ideograph) break;
    hash = mixLetter(hash, code);
    meaning = lexicon.whole(hash) || meaning;
  }
  setToken(token, scramble(text.charCodeAt(start)), meaning, tokenSort.ideograph);
  return start + 1;
}

function readSign(text: string, start: number, token: number): number {
  const code = text.charCodeAt(start);
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) === code) at++;
  setToken(token, scramble(code + (Math.min(at - start, 3) << 20)), 0, tokenSort.sign);
  return at;
}

function setToken(token: number, hash: number, meaning: number, sort: number): void {
  scan.hashes[token] = hash;
  scan.meanings[token] = meaning;
  scan.sorts[token] = sort;
}

const space = 0;
const letter = 1;
const ideograph = 2;
const sign = 3;

const sorts = Uint8Array.from({ length: 0x1_0000 }, (_, code) => {
  if (code <= 32) return space;
  if (code < 128) return /\w/.test(String.fromCharCode(code)) ? letter : sign;
  if (code < 0xc0) return code === 0xa0 ? space : sign;
  if (code < 0x2000) return letter;
  if (code < 0x3040) return code === 0x3000 || code <= 0x200f ? space : sign;
  return code < 0xd7b0 ? ideograph : sign;
});

/** Whether a character is white space, part of a word, a token of its own (Chinese, Japanese, Korean) or a sign. */
function sortOf(code: number): number {
  return sorts[code] ?? sign;
}

/** The finalizer of MurmurHash3 (public domain, Austin Appleby): every bit of input reaches every bit of output. */
export function scramble(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
