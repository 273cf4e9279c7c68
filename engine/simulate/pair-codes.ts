/** Codes below 65,536 lie in two bytes a row, others in four. */
export type Codes = Uint16Array | Uint32Array;

/** Rows told apart by two columns at once: a code a row, and which two codes each stands for. */
export interface Pairs {
  readonly codes: Codes;
  /** The code of the first column by pair. */
  readonly left: readonly number[];
  /** The code of the second column by pair. */
  readonly right: readonly number[];
}

type AnyCodes = Uint8Array | Codes;

/** Up to here a table of all combinations is small enough to leave holes in it. */
const smallTable = 4_096;
/** Up to here combinations are renumbered by a table, beyond by a map. */
const largestTable = 1 << 22;

/** Joins two columns of codes into one. Combinations that no row has may or may not get a code. */
export function pairCodes(left: AnyCodes, leftSize: number, right: AnyCodes, rightSize: number): Pairs {
  return leftSize * rightSize <= smallTable
    ? pairDirectly(left, leftSize, right, rightSize)
    : pairUsed(left, leftSize, right, rightSize);
}

/**
 * Joins what keys look up in a table with a column of codes, without ever writing down what they look up: four rows of
 * keys are one word, two rows of codes another. `undefined` where the combinations are too many for that.
 */
export function pairLookedUp(
  keys: Uint8Array,
  table: Int32Array,
  leftSize: number,
  right: AnyCodes,
  rightSize: number,
): Pairs | undefined {
  if (leftSize * rightSize > smallTable || !(right instanceof Uint16Array)) return undefined;
  const scaled = table.map((left) => left * rightSize);
  const codes = new Uint16Array(keys.length);
  const words = wordsOf(codes);
  const rights = wordsOf(right);
  const fours = new Int32Array(keys.buffer, keys.byteOffset, keys.length >> 2);
  for (let four = 0, word = 0; four < fours.length; four += 1, word += 2) {
    const key = fours[four] as number;
    words[word] =
      ((scaled[key & 0xff] as number) | ((scaled[(key >> 8) & 0xff] as number) << 16)) +
      (rights[word] as number);
    words[word + 1] =
      ((scaled[(key >> 16) & 0xff] as number) | ((scaled[key >>> 24] as number) << 16)) +
      (rights[word + 1] as number);
  }
  for (let row = 4 * fours.length; row < codes.length; row += 1) {
    codes[row] = (scaled[keys[row] as number] as number) + (right[row] as number);
  }
  return { codes, ...allPairs(leftSize, rightSize) };
}

function wordsOf(codes: Uint16Array): Int32Array {
  return new Int32Array(codes.buffer, codes.byteOffset, codes.length >> 1);
}

/** Joins two columns of codes into one. Only combinations that some row has get a code. */
export function pairUsed(left: AnyCodes, leftSize: number, right: AnyCodes, rightSize: number): Pairs {
  return leftSize * rightSize <= largestTable
    ? pairByTable(left, leftSize, right, rightSize)
    : pairByMap(left, right, rightSize);
}

function pairDirectly(left: AnyCodes, leftSize: number, right: AnyCodes, rightSize: number): Pairs {
  const codes = new Uint16Array(left.length);
  const paired = left instanceof Uint16Array && right instanceof Uint16Array;
  if (paired) pairTwoByTwo(left, right, rightSize, codes);
  for (let row = paired ? codes.length & ~1 : 0; row < codes.length; row += 1) {
    codes[row] = (left[row] as number) * rightSize + (right[row] as number);
  }
  return { codes, ...allPairs(leftSize, rightSize) };
}

function allPairs(leftSize: number, rightSize: number): Pick<Pairs, 'left' | 'right'> {
  const all = Array.from({ length: leftSize * rightSize }, (_, code) => code);
  return {
    left: all.map((code) => Math.floor(code / rightSize)),
    right: all.map((code) => code % rightSize),
  };
}

/** Two rows at a time: no combination is larger than its half of the word. */
function pairTwoByTwo(left: Uint16Array, right: Uint16Array, rightSize: number, codes: Uint16Array): void {
  const lefts = wordsOf(left);
  const rights = wordsOf(right);
  const words = wordsOf(codes);
  for (let word = 0; word < words.length; word += 1) {
    words[word] = Math.imul(lefts[word] as number, rightSize) + (rights[word] as number);
  }
}

function pairByTable(left: AnyCodes, leftSize: number, right: AnyCodes, rightSize: number): Pairs {
  const table = new Uint32Array(leftSize * rightSize);
  for (let row = 0; row < left.length; row += 1) {
    table[(left[row] as number) * rightSize + (right[row] as number)] = 1;
  }
  const found: number[] = [];
  for (let combination = 0; combination < table.length; combination += 1) {
    if (table[combination] === 1) table[combination] = found.push(combination) - 1;
  }
  const codes = codesBelow(found.length, left.length);
  for (let row = 0; row < codes.length; row += 1) {
    codes[row] = table[(left[row] as number) * rightSize + (right[row] as number)] as number;
  }
  return splitPairs(codes, found, rightSize);
}

function pairByMap(left: AnyCodes, right: AnyCodes, rightSize: number): Pairs {
  const known = new Map<number, number>();
  const found: number[] = [];
  const codes = new Uint32Array(left.length);
  for (let row = 0; row < codes.length; row += 1) {
    const combination = (left[row] as number) * rightSize + (right[row] as number);
    let code = known.get(combination);
    if (code === undefined) {
      code = found.push(combination) - 1;
      known.set(combination, code);
    }
    codes[row] = code;
  }
  return splitPairs(codes, found, rightSize);
}

function splitPairs(codes: Codes, found: readonly number[], rightSize: number): Pairs {
  return {
    codes,
    left: found.map((combination) => Math.floor(combination / rightSize)),
    right: found.map((combination) => combination % rightSize),
  };
}

/** Room for codes below `size`, one a row. */
export function codesBelow(size: number, length: number): Codes {
  return size <= 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length);
}
