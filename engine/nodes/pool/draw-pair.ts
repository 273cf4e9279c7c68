/**
 * Two different numbers below `count`, from a draw in [0, 1) and a salt: the same again for the same draw. Finalisers
 * of MurmurHash3 (Austin Appleby, public domain) over both.
 */
export function drawPair(salt: string, draw: number, count: number): readonly [number, number] {
  let hash = 0x9747b28c;
  for (let index = 0; index < salt.length; index += 1)
    hash = Math.imul(hash ^ salt.charCodeAt(index), 0x5bd1e995);
  hash = mix(hash ^ Math.floor(draw * 0x1_0000_0000));
  const first = below(hash, count);
  const second = below(mix(hash ^ 0x85ebca6b), count - 1);
  return [first, second >= first ? second + 1 : second];
}

function mix(seed: number): number {
  let hash = seed;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function below(hash: number, count: number): number {
  return Math.floor(((hash >>> 0) / 0x1_0000_0000) * count);
}
