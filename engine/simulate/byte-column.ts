import type { NumberColumn } from './columns.ts';

const remembered = new WeakMap<Float64Array, Int32Array | null>();
const largest = 127;

/**
 * A column of small whole numbers (0 to 127, none unknown: hours, tools, turns) with four rows in a word, or `null` for
 * any other. Worked out once a column; comparing four rows then takes three instructions.
 */
export function fourRowsOf({ values }: NumberColumn): Int32Array | null {
  const known = remembered.get(values);
  if (known !== undefined) return known;
  const words = packBytes(values);
  remembered.set(values, words);
  return words;
}

function packBytes(values: Float64Array): Int32Array | null {
  const words = new Int32Array(Math.ceil(values.length / 4));
  const bytes = new Uint8Array(words.buffer);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] as number;
    if (!(value >= 0 && value <= largest && value === Math.floor(value))) return null;
    bytes[row] = value;
  }
  return words;
}

const everyByte = 0x01010101;

/** Small whole numbers against any constant: 1 in the byte of a row where it holds, turned round by `turn`. */
export function compareBytes(
  by: '==' | '>' | '>=',
  words: Int32Array,
  constant: number,
  turn: number,
): Int32Array {
  const out = new Int32Array(words.length);
  if (by === '==') {
    const same = Number.isInteger(constant) && constant >= 0 && constant <= largest;
    return same ? equalBytes(words, constant * everyByte, turn, out) : out.fill(turn);
  }
  const least = by === '>' ? Math.floor(constant) + 1 : Math.ceil(constant);
  if (least <= 0) return out.fill(everyByte ^ turn);
  return least > largest ? out.fill(turn) : reachingBytes(words, (128 - least) * everyByte, turn, out);
}

/** Adding 128 − n to a byte below 128 sets its highest bit where it is n or more, and never runs over. */
function reachingBytes(words: Int32Array, add: number, turn: number, out: Int32Array): Int32Array {
  for (let word = 0; word < words.length; word += 1)
    out[word] = ((((words[word] as number) + add) >>> 7) & everyByte) ^ turn;
  return out;
}

/** A byte that differs nowhere stays below 128 when 127 is added. */
function equalBytes(words: Int32Array, constant: number, turn: number, out: Int32Array): Int32Array {
  for (let word = 0; word < words.length; word += 1)
    out[word] = ((~(((words[word] as number) ^ constant) + 0x7f7f7f7f) >>> 7) & everyByte) ^ turn;
  return out;
}
