import { softmax } from '#engine/classify/task-model.ts';
import type { HeldOut } from './leave-one-out.ts';

/** A prediction as far as calibration cares. */
export interface Guess {
  readonly confidence: number;
  readonly isRight: boolean;
  readonly weight: number;
}

/** Predictions of like confidence: their share of all, what was said, what was right (all 0–1). */
export interface ReliabilityBin {
  readonly from: number;
  readonly share: number;
  readonly confidence: number;
  readonly accuracy: number;
}

/** The temperature with the least cross-entropy on held-out rows, every family counting alike (golden section). */
export function fitTemperature(rows: readonly HeldOut[]): number {
  const weights = balanceFamilies(rows);
  let low = 0.3;
  let high = 5;
  const ratio = (Math.sqrt(5) - 1) / 2;
  for (let step = 0; step < 30; step++) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (crossEntropy(rows, weights, left) < crossEntropy(rows, weights, right)) high = right;
    else low = left;
  }
  return Math.round(((low + high) / 2) * 1000) / 1000;
}

/** Confidence and rightness of every row at a temperature; families weigh alike. */
export function guessAll(rows: readonly HeldOut[], temperature: number): readonly Guess[] {
  const weights = balanceFamilies(rows);
  return rows.map((row, at) => {
    const probabilities = softmax(row.logits, temperature);
    const confidence = Math.max(...probabilities);
    return {
      confidence,
      isRight: probabilities.indexOf(confidence) === row.sample.label,
      weight: weights[at] ?? 0,
    };
  });
}

/** Ten equal bins of confidence; empty ones are left out. */
export function binByConfidence(guesses: readonly Guess[]): readonly ReliabilityBin[] {
  const total = sumWeights(guesses);
  return Array.from({ length: 10 }, (_, bin) => bin).flatMap((bin) => {
    const inside = guesses.filter((guess) => Math.min(9, Math.floor(guess.confidence * 10)) === bin);
    const weight = sumWeights(inside);
    if (weight === 0) return [];
    const confidence = inside.reduce((sum, guess) => sum + guess.confidence * guess.weight, 0) / weight;
    return [{ from: bin / 10, share: weight / total, confidence, accuracy: shareRight(inside) }];
  });
}

/** Expected calibration error over ten equal bins of confidence (Guo et al. 2017). */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  return bins.reduce((sum, bin) => sum + bin.share * Math.abs(bin.confidence - bin.accuracy), 0);
}

/** The share of traffic at or above a confidence, and how much of it is right. */
export function accuracyFrom(
  confidence: number,
  guesses: readonly Guess[],
): { share: number; accuracy: number } {
  const sure = guesses.filter((guess) => guess.confidence >= confidence);
  return { share: sumWeights(sure) / sumWeights(guesses), accuracy: shareRight(sure) };
}

/** The largest share of traffic above a confidence at which the given share is right, and that confidence. */
export function coverageAt(
  precision: number,
  guesses: readonly Guess[],
): { share: number; threshold: number } {
  const sorted = [...guesses].sort((a, b) => b.confidence - a.confidence);
  let best = { share: 0, threshold: 1 };
  let weight = 0;
  let right = 0;
  const total = sumWeights(guesses);
  for (const guess of sorted) {
    weight += guess.weight;
    if (guess.isRight) right += guess.weight;
    if (right / weight >= precision) best = { share: weight / total, threshold: guess.confidence };
  }
  return best;
}

function balanceFamilies(rows: readonly HeldOut[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const { sample } of rows) counts.set(sample.family, (counts.get(sample.family) ?? 0) + 1);
  return rows.map(({ sample }) => 1 / (counts.get(sample.family) ?? 1));
}

function crossEntropy(rows: readonly HeldOut[], weights: readonly number[], temperature: number): number {
  return rows.reduce((sum, row, at) => {
    const probability = softmax(row.logits, temperature)[row.sample.label] ?? 0;
    return sum - Math.log(Math.max(1e-12, probability)) * (weights[at] ?? 0);
  }, 0);
}

function shareRight(guesses: readonly Guess[]): number {
  return sumWeights(guesses.filter((guess) => guess.isRight)) / Math.max(1e-12, sumWeights(guesses));
}

function sumWeights(guesses: readonly Guess[]): number {
  return guesses.reduce((sum, guess) => sum + guess.weight, 0);
}
