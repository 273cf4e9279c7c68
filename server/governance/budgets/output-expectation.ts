/** Output tokens expected where nothing was learned yet. */
const unknownOutput = 500;
/** Weight of the latest answer. */
const weight = 0.05;
/** Subjects remembered; the least lately learned is forgotten first. */
const remembered = 10_000;

/**
 * How much output to expect of a target, or for a key: the moving average of what came lately, never more than the client
 * allows. Expected, not worst: a reservation of everything a model could write freezes whoever asks for a long answer.
 */
export class OutputExpectation {
  readonly #means = new Map<string, number>();

  /** @param cap Most tokens that can come; `null` where nobody bounds them. */
  expect(subject: string, cap: number | null): number {
    const mean = Math.ceil(this.#means.get(subject) ?? unknownOutput);
    return cap === null ? mean : Math.min(mean, cap);
  }

  /** Learns from an answer of so many tokens, reasoning included. */
  learn(subject: string, outputTokens: number): void {
    const mean = this.#means.get(subject);
    this.#means.delete(subject);
    this.#means.set(subject, mean === undefined ? outputTokens : mean + weight * (outputTokens - mean));
    if (this.#means.size <= remembered) return;
    const oldest = this.#means.keys().next();
    if (oldest.done !== true) this.#means.delete(oldest.value);
  }
}
