import type { ClassifierAnswer } from './classifiers.ts';

/** Answers kept at most, and for how long (ms). */
const mostAnswers = 10_000;
const keptFor = 60 * 60_000;

interface Kept {
  readonly answer: Promise<ClassifierAnswer>;
  readonly until: number;
}

/**
 * Answers of classifiers that need a call, by the hash of classifier and text. Two requests that ask the same at the same
 * time make one call; only the first is billed for it.
 */
export class AnswerCache {
  readonly #clock: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** The kept answer without its calls, else a new one. An answer that says nothing is not kept. */
  async ask(key: string, make: () => Promise<ClassifierAnswer>): Promise<ClassifierAnswer> {
    const known = this.#kept.get(key);
    if (known !== undefined && this.#clock() < known.until) return { ...(await known.answer), attempts: [] };
    const answer = make();
    this.#kept.delete(key);
    this.#kept.set(key, { answer, until: this.#clock() + keptFor });
    if (this.#kept.size > mostAnswers) {
      const oldest = this.#kept.keys().next();
      if (oldest.done !== true) this.#kept.delete(oldest.value);
    }
    const made = await answer;
    if (made.label === '' && this.#kept.get(key)?.answer === answer) this.#kept.delete(key);
    return made;
  }
}
