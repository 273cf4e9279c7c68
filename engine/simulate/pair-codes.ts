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
  const all = Array.from({ length: leftSize * rightSize }, (_, code) => code);
  return {
    codes,
    left: all.map((code) => Math.floor(code / rightSize)),
    right: all.map((code) => code % rightSize),
  };
}

/** Two rows at a time: no combination is larger than its half of the word. */
function pairTwoByTwo(left: Uint16Array, right: Uint16Array, rightSize: number, codes: Uint16Array): void {
  const [lefts, rights, words] = [left, right, codes].map(
    (array) => new Int32Array(array.buffer, array.byteOffset, array.length >> 1),
  );
  if (lefts === undefined || rights === undefined || words === undefined) return;
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
