import { findRegions } from './cut-text.ts';
import { type Scan, scramble, tokenSort } from './scan-text.ts';

const rowBits = 16;
/** Rows of the model's weight table that hashed features share. */
export const hashedRows = 1 << rowBits;

/** Receives the first `count` of `rows`, which all have the same value. The array is reused: copy what is to be kept. */
export type VisitRows = (rows: Int32Array, count: number, value: number) => void;

const kinds = {
  word: 1,
  pair: 2,
  first4: 3,
  first14: 4,
  last12: 5,
  grams: 6,
  firstPair: 7,
  lastPair: 8,
  pastedWord: 9,
  pastedPair: 10,
  pastedGrams: 11,
  meaning: 12,
  firstMeaning: 13,
  headMeaning: 14,
  tailMeaning: 15,
  meaningPair: 16,
  meaningSkip: 17,
  pastedMeaning: 18,
  meaningTriple: 20,
} as const;

/** Lengths of the groups as vectors, so that a long paste cannot drown the instruction. */
const lengths = { instruction: 1, pasted: 0.5, edges: 1, meanings: 1 } as const;
/** Words of the lexicon farther apart than this do not belong together. */
const pairReach = 7;
const skipReach = 10;
const shortestForGrams = 6;

interface Group {
  readonly rows: Int32Array;
  count: number;
}

const aGroup = (): Group => ({ rows: new Int32Array(16_384), count: 0 });
const groups = { instruction: aGroup(), pasted: aGroup(), edges: aGroup(), meanings: aGroup() };

/** The text each row was last seen in, by a number of its own: a fresh table costs more to clear than to fill. */
const seenIn = new Uint16Array(hashedRows);
let texts = 0;

/**
 * Hashes what a scanned text is made of to rows of the weight table: words, pairs and character 4-grams (of the
 * instruction and of what is pasted apart), words by their place at the ends, and what the lexicon says they mean, alone
 * and in order. `seed` keeps one kind of text apart from another; `factor` scales all values.
 */
export function visitTextRows(
  text: string,
  scan: Scan,
  seed: number,
  factor: number,
  visit: VisitRows,
): void {
  texts = texts === 0xffff ? 1 : texts + 1;
  if (texts === 1) seenIn.fill(0);
  for (const group of Object.values(groups)) group.count = 0;
  const salt = seed * 32;
  addTokens(text, scan, salt);
  addEdges(scan, salt);
  addMeanings(text, scan, salt);
  visitGroup(groups.instruction, lengths.instruction * factor, visit);
  visitGroup(groups.pasted, lengths.pasted * factor, visit);
  visitGroup(groups.edges, lengths.edges * factor, visit);
  visitGroup(groups.meanings, lengths.meanings * factor, visit);
}

function visitGroup({ rows, count }: Group, length: number, visit: VisitRows): void {
  if (count > 0) visit(rows, count, length / Math.sqrt(count));
}

function add(group: Group, kind: number, hash: number, salt: number): void {
  const row = scramble(hash ^ Math.imul(kind + salt, 0x85ebca6b)) >>> (32 - rowBits);
  if (seenIn[row] === texts) return;
  seenIn[row] = texts;
  group.rows[group.count++] = row;
}

function addTokens(text: string, scan: Scan, salt: number): void {
  const { openingEnd, closingStart } = findRegions(text);
  const { instruction, pasted } = groups;
  const last = scan.count - 1;
  for (let token = 0; token <= last; token++) {
    const start = at(scan.starts, token);
    const isPasted = start >= openingEnd && start < closingStart;
    const group = isPasted ? pasted : instruction;
    add(group, isPasted ? kinds.pastedWord : kinds.word, at(scan.hashes, token), salt);
    if (token < last) add(group, isPasted ? kinds.pastedPair : kinds.pair, hashPair(scan, token), salt);
    const end = at(scan.ends, token);
    if (end - start < shortestForGrams || at(scan.sorts, token) !== tokenSort.word) continue;
    const kind = isPasted ? kinds.pastedGrams : kinds.grams;
    for (let from = start; from + 4 <= end; from++) add(group, kind, hashGram(text, from), salt);
  }
}

function addEdges(scan: Scan, salt: number): void {
  const { edges } = groups;
  const { count, hashes } = scan;
  for (let token = 0; token < Math.min(14, count); token++) {
    const hash = at(hashes, token);
    if (token < 4) add(edges, kinds.first4, hash, salt);
    add(edges, kinds.first14, hash, salt);
    add(edges, kinds.firstPair, hashPair(scan, token), salt);
  }
  for (let token = Math.max(0, count - 12); token < count; token++) {
    add(edges, kinds.last12, at(hashes, token), salt);
    add(edges, kinds.lastPair, hashPair(scan, token), salt);
  }
}

function addMeanings(text: string, scan: Scan, salt: number): void {
  const { openingEnd, closingStart } = findRegions(text);
  const { meanings, pasted } = groups;
  let [before, beforeAt, last, lastAt] = [0, -99, 0, -99];
  for (let token = 0; token < scan.count; token++) {
    const meaning = at(scan.meanings, token);
    if (meaning === 0) continue;
    const start = at(scan.starts, token);
    if (start >= openingEnd && start < closingStart) {
      add(pasted, kinds.pastedMeaning, meaning, salt);
      continue;
    }
    add(meanings, kinds.meaning, meaning, salt);
    if (token < 4) add(meanings, kinds.firstMeaning, meaning, salt);
    if (token < 20) add(meanings, kinds.headMeaning, meaning, salt);
    if (token >= scan.count - 14) add(meanings, kinds.tailMeaning, meaning, salt);
    if (token - lastAt <= pairReach) {
      add(meanings, kinds.meaningPair, last * 256 + meaning, salt);
      if (token - beforeAt <= skipReach) {
        add(meanings, kinds.meaningSkip, before * 256 + meaning, salt);
        add(meanings, kinds.meaningTriple, (before * 256 + last) * 256 + meaning, salt);
      }
    }
    [before, beforeAt, last, lastAt] = [last, lastAt, meaning, token];
  }
}

function hashPair({ hashes, count }: Scan, token: number): number {
  return Math.imul(at(hashes, token), 0x9e3779b1) ^ (token + 1 < count ? at(hashes, token + 1) : 0);
}

function hashGram(text: string, from: number): number {
  let hash = 0x811c9dc5;
  for (let offset = 0; offset < 4; offset++)
    hash = Math.imul(hash ^ text.charCodeAt(from + offset), 0x01000193);
  return hash;
}

function at(values: Int32Array | Uint8Array, index: number): number {
  return values[index] ?? 0;
}
