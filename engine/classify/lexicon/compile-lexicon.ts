/** Finds the category of a word, or of a run of ideographs, by the hash of its letters. 0 stands for none. */
export interface Lexicon {
  /** Names of the categories; category 1 is the first. */
  readonly categories: readonly string[];
  /** Category of the word with this hash. */
  readonly whole: (hash: number) => number;
  /** Category of words whose first letters have this hash. */
  readonly stem: (hash: number) => number;
}

/** The hash of no letters; `mixLetter` mixes in one after the other (FNV-1a). */
export const emptyHash = 0x811c9dc5 | 0;

/** The hash of a word one letter longer. */
export function mixLetter(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/**
 * Compiles lists of words, separated by white space, with `*` at the end of a stem. A word in several lists belongs
 * to the first of them.
 */
export function compileLexicon(lists: Readonly<Record<string, string>>): Lexicon {
  const wholes = makeTable();
  const stems = makeTable();
  for (const [at, words] of Object.values(lists).entries()) {
    for (const word of words.split(/\s+/)) {
      if (word === '') continue;
      if (word.endsWith('*')) stems.add(hashLetters(word.slice(0, -1)), at + 1);
      else wholes.add(hashLetters(word), at + 1);
    }
  }
  return { categories: Object.keys(lists), whole: wholes.find, stem: stems.find };
}

function hashLetters(word: string): number {
  let hash = emptyHash;
  for (let at = 0; at < word.length; at++) hash = mixLetter(hash, word.charCodeAt(at));
  return hash;
}

/** Slots of a table; words fill a sixth of them, so that most look-ups end at the first. */
const slots = 1 << 15;

interface Table {
  readonly add: (key: number, value: number) => void;
  readonly find: (key: number) => number;
}

/** Open addressing over typed arrays: a `Map` would box the keys, and a text asks a thousand times. */
function makeTable(): Table {
  const keys = new Int32Array(slots);
  const values = new Uint8Array(slots);
  const slotOf = (key: number): number => {
    let slot = (key ^ (key >>> 15)) & (slots - 1);
    while (values[slot] !== 0 && keys[slot] !== key) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  return {
    add: (key, value) => {
      const slot = slotOf(key);
      if (values[slot] !== 0) return;
      keys[slot] = key;
      values[slot] = value;
    },
    find: (key) => values[slotOf(key)] ?? 0,
  };
}
