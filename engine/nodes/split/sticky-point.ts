/**
 * A point in [0, 1) that a text always falls on: MurmurHash3 (x86, 32 bit, Austin Appleby, public domain) over its
 * UTF-16 units. Uniform enough for shares; not for secrets.
 */
export function stickyPoint(salt: string, value: string): number {
  let hash = 0x9747b28c;
  hash = mix(hash, salt);
  hash = mix(hash, '\u0000');
  hash = mix(hash, value);
  return finish(hash, salt.length + value.length + 1) / 0x1_0000_0000;
}

function mix(seed: number, text: string): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    let word = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    word = (word << 15) | (word >>> 17);
    hash ^= Math.imul(word, 0x1b873593);
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  return hash;
}

function finish(seed: number, length: number): number {
  let hash = seed ^ length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
