import type { Judged, Objective } from '../nodes/index.ts';

/** The key that choosing compared, as 0–100 of the best; `null` where a candidate is out or its figure is unknown. */
export function pointsOf(one: Judged, all: readonly Judged[], objective: Objective): number | null {
  const { key } = one;
  if (key === null || !Number.isFinite(key)) return null;
  if (objective === 'balanced') return tenths(-100 * key);
  const keys = all.flatMap((other) => (other.key !== null && Number.isFinite(other.key) ? [other.key] : []));
  const best = Math.min(...keys);
  if (key === best) return 100;
  return tenths(100 * (objective === 'quality' ? key / best : best / key));
}

function tenths(points: number): number {
  return Math.round(10 * points) / 10;
}

/** Whole nano-dollars of pico-dollars. */
export function nanoOf(pico: number | null): number | null {
  return pico === null ? null : Math.round(pico / 1_000);
}
