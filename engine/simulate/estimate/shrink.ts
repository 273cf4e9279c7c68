/** A guess with its standard deviation. */
export interface Guess {
  readonly mean: number;
  readonly sigma: number;
}

/** What was measured, drawn towards a prior by how sure each is (both normal). */
export function shrink(mean: number, sigma: number, prior: number, priorSigma: number): Guess {
  const [own, before] = [1 / Math.max(1e-18, sigma * sigma), 1 / Math.max(1e-18, priorSigma * priorSigma)];
  return { mean: (mean * own + prior * before) / (own + before), sigma: Math.sqrt(1 / (own + before)) };
}
