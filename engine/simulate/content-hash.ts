import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../policy/index.ts';
import { type RequestRecord, recordColumns } from '../signals/index.ts';
import type { CodedColumn, Column } from './columns.ts';

/** Two 32-bit lanes of one mix. */
interface Lanes {
  high: number;
  low: number;
}

/**
 * Hash of a record set: SHA-256 (hex) over the number of rows and, for every column, a 64-bit mix of its values in
 * order. It depends on the values alone, not on how a loader numbered its dictionaries. The mix (two lanes of
 * MurmurHash3's round, Austin Appleby, public domain) is there for speed, about 100 ms a million records; it finds any
 * accident and is not meant to withstand someone who builds two sets with one hash.
 */
export function hashColumns(length: number, column: (name: keyof RequestRecord) => Column): string {
  const lines = recordColumns.map(({ name }) => `${name} ${mixColumn(column(name), length)}`);
  return bytesToHex(sha256(utf8ToBytes([`rows ${length}`, ...lines].join('\n'))));
}

function mixColumn(column: Column, length: number): string {
  const lanes: Lanes = { high: 0x2f0b4c47, low: 0x5bd1e995 };
  if (column.kind === 'number') mixNumbers(column.values, length, lanes);
  else if (column.kind === 'bool') mixBytes(column.values, length, lanes);
  else mixCoded(column, length, lanes);
  return `${hex(lanes.high)}${hex(lanes.low)}`;
}

/** Every unknown number counts as the same NaN, whatever its payload. */
function mixNumbers(values: Float64Array, length: number, lanes: Lanes): void {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  let { high, low } = lanes;
  for (let row = 0; row < length; row += 1) {
    const known = !Number.isNaN(values[row]);
    high = round(high, known ? (words[2 * row + 1] as number) : 0x7ff80000);
    low = round(low, known ? (words[2 * row] as number) ^ high : high);
  }
  lanes.high = high;
  lanes.low = low;
}

function mixBytes(values: Uint8Array, length: number, lanes: Lanes): void {
  let { high, low } = lanes;
  for (let row = 0; row < length; row += 1) {
    high = round(high, values[row] as number);
    low = round(low, high);
  }
  lanes.high = high;
  lanes.low = low;
}

function mixCoded({ codes, dictionary }: CodedColumn, length: number, lanes: Lanes): void {
  const first = new Int32Array(dictionary.length);
  const second = new Int32Array(dictionary.length);
  for (const [code, value] of dictionary.entries()) {
    const text = typeof value === 'string' ? `"${value}` : canonicalJson(value);
    first[code] = mixText(0x9747b28c, text);
    second[code] = mixText(0x3c6ef372, text);
  }
  let { high, low } = lanes;
  for (let row = 0; row < length; row += 1) {
    const code = codes[row] as number;
    high = round(high, first[code] as number);
    low = round(low, (second[code] as number) ^ high);
  }
  lanes.high = high;
  lanes.low = low;
}

/** A 32-bit hash of a text by its UTF-16 units; also spreads sessions over resampling groups. */
export function mixText(seed: number, text: string): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = round(hash, text.charCodeAt(index));
  hash = Math.imul(hash ^ (hash >>> 16) ^ text.length, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

function round(hash: number, word: number): number {
  let mixed = Math.imul(word, 0xcc9e2d51);
  mixed = (mixed << 15) | (mixed >>> 17);
  const next = hash ^ Math.imul(mixed, 0x1b873593);
  return (Math.imul((next << 13) | (next >>> 19), 5) + 0xe6546b64) | 0;
}

function hex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, '0');
}
