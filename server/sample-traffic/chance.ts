import { type Lengths, lengthShares } from './profile.ts';

/** Uniform in [0, 1). */
export type Random = () => number;

/** A length whose share of shorter ones is `share`: even in the logarithm between two known ones. Whole, 1 or more. */
export function lengthAt(lengths: Lengths, share: number): number {
  let upper = 1;
  while (upper < lengthShares.length - 1 && share >= (lengthShares[upper] ?? 1)) upper += 1;
  const [low, high] = [lengths[upper - 1] ?? 1, lengths[upper] ?? 1];
  const [from, to] = [lengthShares[upper - 1] ?? 0, lengthShares[upper] ?? 1];
  return Math.max(1, Math.round(low * (high / low) ** ((share - from) / (to - from))));
}

/** A key with the chance its weight has among all. */
export function pick<K extends string>(weights: Readonly<Partial<Record<K, number>>>, random: Random): K {
  const entries = Object.entries(weights) as [K, number][];
  let point = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    point -= weight;
    if (point < 0) return key;
  }
  const last = entries.at(-1);
  if (last === undefined) throw new Error('There is nothing to pick from.');
  return last[0];
}

/** Where a running sum passes a point: the index of the first bound above it. */
export function indexAbove(bounds: Float64Array, point: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] as number) > point) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sixteen hex digits, as an installation's fingerprints look. */
export function hexDigits(random: Random): string {
  const half = () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return `${half()}${half()}`;
}
