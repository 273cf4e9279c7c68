import type { TranslatedStream } from '../dialects/translate/index.ts';
import type { Watch } from './watch.ts';

/** An upstream's stream in the client's dialect: whole events, as they are due. Read once. */
export class TranslatedBody implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #body: AsyncIterator<Uint8Array>;
  readonly #stream: TranslatedStream;
  readonly #watch: Watch;
  #over = false;

  constructor(body: AsyncIterable<Uint8Array>, stream: TranslatedStream, watch: Watch) {
    this.#body = body[Symbol.asyncIterator]();
    this.#stream = stream;
    this.#watch = watch;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    while (!this.#over) {
      const chunk = await this.#body.next();
      // A ping becomes no event of the client's, but the upstream was heard.
      this.#watch.hear();
      this.#over = chunk.done === true;
      const frames = chunk.done === true ? this.#stream.end() : this.#stream.push(chunk.value);
      if (frames.length > 0) return { done: false, value: Buffer.from(joined(frames)) };
    }
    return { done: true, value: undefined };
  }

  /** Passed on at once, also while a piece is awaited: a generator would wait for it. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    this.#over = true;
    await this.#body.return?.();
    return { done: true, value: undefined };
  }
}

function joined(frames: readonly string[]): string {
  return frames.length === 1 ? (frames[0] ?? '') : frames.join('');
}
