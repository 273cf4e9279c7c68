/** Buckets of the sparse features: enough that a few hundred examples rarely collide. */
export const sparseBuckets = 4_096;

/** What of a text the classifier of examples looks at: rows of the static embedding, and hashed words and word pairs. */
export interface ExampleFeatures {
  /** Distinct rows of the embedding table. */
  readonly rows: readonly number[];
  /** Distinct buckets, 0 … {@link sparseBuckets} − 1. */
  readonly sparse: readonly number[];
}

const words = /[\p{L}\p{N}']+/gu;
/** Examples are messages; of a pasted document its beginning is enough. */
const mostCharacters = 600;

/** Words, word pairs and character 4-grams of words, hashed. `tableRows` is the size of the embedding's table. */
export function exampleFeatures(text: string, tableRows: number): ExampleFeatures {
  const rows = new Set<number>();
  const sparse = new Set<number>();
  let before = '';
  for (const [word] of text.slice(0, mostCharacters).normalize('NFKC').toLowerCase().matchAll(words)) {
    rows.add(hashOf(`w ${word}`) % tableRows);
    sparse.add(hashOf(`W ${word}`) % sparseBuckets);
    if (before !== '') {
      rows.add(hashOf(`b ${before} ${word}`) % tableRows);
      sparse.add(hashOf(`B ${before} ${word}`) % sparseBuckets);
    }
    const fenced = `<${word}>`;
    for (let at = 0; at + 4 <= fenced.length; at += 1)
      rows.add(hashOf(`c ${fenced.slice(at, at + 4)}`) % tableRows);
    before = word;
  }
  return { rows: [...rows], sparse: [...sparse] };
}

/** FNV-1a with its bits mixed once more, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}
