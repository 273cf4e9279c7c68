/** Rows of the model that hashed n-grams share. Not a power of two: it fills the size the weights file may have. */
export const hashBuckets = 49_152;

const kinds = {
  word: 1,
  pair: 2,
  first4: 3,
  first14: 4,
  last12: 5,
  grams: 6,
  firstPair: 7,
  lastPair: 8,
} as const;

/** Distinct model rows (0 … `hashBuckets` − 1) of a text. */
export interface HashedNgrams {
  /** Words, word pairs, and character 4-grams of words from 6 letters. */
  readonly body: readonly number[];
  /** Words and pairs tagged as standing in the first 4, the first 14 or the last 12. */
  readonly edges: readonly number[];
}

/** Hashes a text's n-grams. `seed` keeps the features of one kind of text apart from another's. */
export function hashNgrams(text: string, seed: number): HashedNgrams {
  const rows = new RowSet(seed);
  const edges = new Set<number>();
  const tokens = tokenize(text, rows);
  const count = tokens.length;
  let next = tokens[0] ?? 0;
  for (let at = 0; at < count; at++) {
    const token = next;
    next = tokens[at + 1] ?? 0;
    const pair = Math.imul(token, 0x9e3779b1) ^ next;
    rows.add(kinds.word, token);
    if (at + 1 < count) rows.add(kinds.pair, pair);
    if (at < 4) edges.add(rowOf(kinds.first4, token, seed));
    if (at < 14) edges.add(rowOf(kinds.first14, token, seed));
    if (at < 14) edges.add(rowOf(kinds.firstPair, pair, seed));
    if (at >= count - 12) edges.add(rowOf(kinds.last12, token, seed));
    if (at >= count - 12) edges.add(rowOf(kinds.lastPair, pair, seed));
  }
  return { body: rows.list, edges: [...edges] };
}

/** The text each row was last seen in, by a number of its own: one table for all, since a fresh one costs more to clear than to fill. */
const seenIn = new Uint16Array(hashBuckets);
let texts = 0;

class RowSet {
  readonly list: number[] = [];
  private readonly seed: number;
  private readonly text: number;

  constructor(seed: number) {
    this.seed = seed;
    texts = texts === 0xffff ? 1 : texts + 1;
    if (texts === 1) seenIn.fill(0);
    this.text = texts;
  }

  add(kind: number, hash: number): void {
    const row = rowOf(kind, hash, this.seed);
    if (seenIn[row] === this.text) return;
    seenIn[row] = this.text;
    this.list.push(row);
  }
}

function rowOf(kind: number, hash: number, seed: number): number {
  const mixed = scramble(hash ^ Math.imul(kind + seed * 16, 0x85ebca6b));
  return Math.floor((mixed / 2 ** 32) * hashBuckets);
}

/** Token hashes in order; adds the 4-grams of longer words on the way, while their letters are at hand. */
function tokenize(text: string, rows: RowSet): readonly number[] {
  const tokens: number[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const sort = sortOf(code);
    const start = at++;
    if (sort === space) continue;
    if (sort === ideograph) {
      tokens.push(scramble(code));
    } else if (sort === sign) {
      while (at < text.length && text.charCodeAt(at) === code) at++;
      tokens.push(scramble(code + (Math.min(at - start, 3) << 20)));
    } else {
      while (at < text.length && sortOf(text.charCodeAt(at)) === word) at++;
      tokens.push(hashWord(text, start, at));
      if (at - start >= 6) addGrams(text, start, at, rows);
    }
  }
  return tokens;
}

/** Numbers count by their number of digits only: which number it is says nothing about the task. */
function hashWord(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  let isNumber = true;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) isNumber = false;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return isNumber ? scramble(0x23 + (Math.min(end - start, 5) << 24)) : hash;
}

function addGrams(text: string, start: number, end: number, rows: RowSet): void {
  for (let at = start; at + 4 <= end; at++) {
    let hash = 0x811c9dc5;
    for (let offset = 0; offset < 4; offset++)
      hash = Math.imul(hash ^ text.charCodeAt(at + offset), 0x01000193);
    rows.add(kinds.grams, hash);
  }
}

const space = 0;
const word = 1;
const ideograph = 2;
const sign = 3;

const asciiSorts = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code <= 32) return space;
  return /\w/.test(String.fromCharCode(code)) ? word : sign;
});

/** Whether a character is white space, part of a word, a token of its own (Chinese, Japanese, Korean) or a sign. */
function sortOf(code: number): number {
  if (code < 128) return asciiSorts[code] ?? sign;
  if (code < 0xc0) return code === 0xa0 ? space : sign;
  if (code < 0x2000) return word;
  if (code < 0x3040) return code === 0x3000 || code <= 0x200f ? space : sign;
  return code < 0xd7b0 ? ideograph : sign;
}

/** The finalizer of MurmurHash3 (public domain, Austin Appleby): every bit of input reaches every bit of output. */
function scramble(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
