/** A 32-bit hash of a text or of bytes (FNV-1a), for seeds: stable across machines and releases. */
export function seedOf(content: string | Uint8Array, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  const isText = typeof content === 'string';
  for (let at = 0; at < content.length; at += 1) {
    hash ^= isText ? content.charCodeAt(at) : (content[at] ?? 0);
    hash = Math.imul(hash, 0x01000193);
  }
  // A last mix, since the low bits of FNV are weak for short texts.
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Numbers in [0, 1), the same for the same seed on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
