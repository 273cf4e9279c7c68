import { RecentMap } from '#engine/recent-map.ts';

/** Output tokens expected where nothing was learned yet. */
const unknownOutput = 500;
/** Weight of the latest answer. */
const weight = 0.05;
/** Subjects remembered for certain: those learned of last. */
const remembered = 10_000;

/**
 * How much output to expect of a target, or for a key: the moving average of what came lately, never more than the client
 * allows. Expected, not worst: a reservation of everything a model could write freezes whoever asks for a long answer.
 */
export class OutputExpectation {
  readonly #means = new RecentMap<string, number>(remembered);

  /** @param cap Most tokens that can come; `null` where nobody bounds them. */
  expect(subject: string, cap: number | null): number {
    const mean = Math.ceil(this.#means.get(subject) ?? unknownOutput);
    return cap === null ? mean : Math.min(mean, cap);
  }

  /** Learns from an answer of so many tokens, reasoning included. */
  learn(subject: string, outputTokens: number): void {
    const mean = this.#means.get(subject);
    this.#means.set(subject, mean === undefined ? outputTokens : mean + weight * (outputTokens - mean));
  }
}
