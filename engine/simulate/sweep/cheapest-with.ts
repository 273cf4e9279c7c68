import type { SweepPoint } from './sweep-result.ts';

/** The cheapest setting whose quality is at least so high; of equally cheap ones the better. */
export function cheapestWith(points: readonly SweepPoint[], minQuality: number): SweepPoint | undefined {
  return points
    .filter(({ quality }) => quality !== null && quality >= minQuality)
    .sort(
      (left, right) =>
        left.cost_nano_usd.after - right.cost_nano_usd.after || (right.quality ?? 0) - (left.quality ?? 0),
    )[0];
}
