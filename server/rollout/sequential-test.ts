/** Running count, mean and variance of a measure, by Welford's method (Technometrics 4/3, 1962). */
export class RunningMean {
  count = 0;
  mean = 0;
  #squares = 0;

  add(value: number): void {
    this.count += 1;
    const away = value - this.mean;
    this.mean += away / this.count;
    this.#squares += away * (value - this.mean);
  }

  /** Sample variance; 0 below two values. */
  get variance(): number {
    return this.count < 2 ? 0 : this.#squares / (this.count - 1);
  }
}

/** What the test needs of one arm. */
export interface ArmMeasure {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Fewer values than this on either side say nothing: the normal approximation does not hold. */
export const fewest = 30;

/**
 * Evidence that the candidate's mean lies more than `margin` above the baseline's, as an always valid p-value: it may be
 * looked at after every request, and is below α by chance with a probability of α at most. A mixture sequential probability
 * ratio test of a difference of means (Robbins 1970; Johari, Koomen, Pekelis, Walsh, "Always Valid Inference", Operations
 * Research 70/3, 2022), by the normal approximation with the variances seen so far. One-sided: a candidate that is not above
 * has a p-value of 1. `scale` is the difference that is expected where there is one, in the measure's unit.
 */
export function worseThan(
  baseline: ArmMeasure,
  candidate: ArmMeasure,
  { margin, scale }: { readonly margin: number; readonly scale: number },
): number {
  if (baseline.count < fewest || candidate.count < fewest) return 1;
  const difference = candidate.mean - baseline.mean - margin;
  const variance = baseline.variance / baseline.count + candidate.variance / candidate.count;
  if (difference <= 0) return 1;
  if (variance === 0) return 0;
  const mixing = scale * scale;
  const ratio =
    Math.sqrt(variance / (variance + mixing)) *
    Math.exp((mixing * difference * difference) / (2 * variance * (variance + mixing)));
  return Math.min(1, 1 / ratio);
}

/** A share as a measure, with one success and one failure added (Agresti and Caffo 2000), so that 0 of 40 is no certainty. */
export function shareMeasure(hits: number, count: number): ArmMeasure {
  const mean = (hits + 1) / (count + 2);
  return { count, mean, variance: mean * (1 - mean) };
}
