import type { Plan } from '../../plan/index.ts';
import type { Policy } from '../../policy/index.ts';
import { fitEstimates } from '../estimate/fit-estimates.ts';
import { replayRecords, report, type WhatIf } from '../simulate.ts';
import { cheapestWith } from './cheapest-with.ts';
import type { SweepPlace } from './place.ts';
import { qualityOf } from './quality.ts';
import type { SweepPoint, SweepResult } from './sweep-result.ts';

export interface Sweep {
  readonly place: SweepPlace;
  readonly from: number;
  readonly to: number;
  /** Settings, both ends included; the present one is added. */
  readonly steps: number;
  readonly minQuality: number | null;
  /** A policy of the sweep → its plan; `undefined` where it does not compile, which leaves the setting out. */
  readonly planOf: (policy: Policy) => Plan | undefined;
  readonly onProgress?: (done: number, of: number) => void;
}

export const mostSteps = 200;

/** Simulates every setting of one number. What is not about the candidate comes from the what-if. */
export function sweepPolicy(sweep: Sweep, whatIf: Omit<WhatIf, 'candidate' | 'parts'>): SweepResult {
  const values = settings(sweep);
  const estimates = whatIf.estimates ?? fitEstimates(whatIf.columns, whatIf.catalogue);
  const points: SweepPoint[] = [];
  let before: SweepResult['before'] = { cost_nano_usd: 0, latency_ms: null, quality: null };
  let assumptions: readonly string[] = [];
  for (const [index, value] of values.entries()) {
    const candidate = sweep.planOf(sweep.place.set(value));
    sweep.onProgress?.(index + 1, values.length);
    if (candidate === undefined) continue;
    const replay = replayRecords({ ...whatIf, estimates, candidate });
    const result = report(replay);
    const quality = qualityOf(replay);
    before = {
      cost_nano_usd: result.cost_nano_usd.before,
      latency_ms: result.latency_ms.before,
      quality: quality.before,
    };
    if (assumptions.length <= result.assumptions.length) ({ assumptions } = result);
    points.push({
      value,
      cost_nano_usd: result.cost_nano_usd,
      latency_ms: result.latency_ms.after,
      errors: result.errors.after,
      refused: result.refused.after,
      quality: quality.after,
      quality_told: quality.told,
      moved: result.records === 0 ? 0 : result.changed / result.records,
    });
  }
  const { minQuality, place } = sweep;
  return {
    place: place.name,
    present: place.value,
    records: whatIf.columns.length,
    before,
    points,
    cheapest:
      minQuality === null
        ? null
        : { min_quality: minQuality, value: cheapestWith(points, minQuality)?.value ?? null },
    assumptions: [
      ...assumptions,
      'Quality is a proxy: the catalogue’s index of the model asked first, requests weighted by their difficulty.',
    ],
  };
}

/** Even steps, whole where the ends and the present number are and there is room; the present one is among them. */
function settings({ from, to, steps, place }: Sweep): readonly number[] {
  const isWhole = [from, to, place.value].every(Number.isInteger) && Math.abs(to - from) >= steps - 1;
  const even = Array.from({ length: steps }, (_, step) => {
    const value = steps === 1 ? from : from + ((to - from) * step) / (steps - 1);
    return isWhole ? Math.round(value) : Number(value.toPrecision(12));
  });
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const present = place.value >= low && place.value <= high ? [place.value] : [];
  return [...new Set([...even, ...present])]
    .filter((value) => value >= place.least && value <= place.most)
    .sort((left, right) => left - right);
}
