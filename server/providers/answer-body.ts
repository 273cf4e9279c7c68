import type { Dispatcher } from 'undici';

/** Bytes that may wait for a slow reader before the upstream is asked to pause. */
const pauseAbove = 65_536;

/** The body of an answer as it comes: a queue between undici's callbacks and whoever reads, with back-pressure. Read once. */
export class AnswerBody implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #controller: Dispatcher.DispatchController;
  readonly #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #ended = false;
  #failure: Error | null = null;
  #waiting: {
    readonly resolve: (result: IteratorResult<Uint8Array>) => void;
    readonly reject: (cause: Error) => void;
  } | null = null;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this;
  }

  next(): Promise<IteratorResult<Uint8Array>> {
    const chunk = this.#queue.shift();
    if (chunk !== undefined) {
      this.#queuedBytes -= chunk.length;
      if (this.#controller.paused && this.#queuedBytes <= pauseAbove) this.#controller.resume();
      return Promise.resolve({ done: false, value: chunk });
    }
    if (this.#failure !== null) return Promise.reject(this.#failure);
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** The reader has had enough: what is still to come is not waited for. */
  return(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#ended && this.#failure === null) this.#controller.abort(new Error('The reader has left.'));
    return Promise.resolve({ done: true, value: undefined });
  }

  push(chunk: Uint8Array): void {
    const waiting = this.#waiting;
    if (waiting !== null) {
      this.#waiting = null;
      waiting.resolve({ done: false, value: chunk });
      return;
    }
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    if (this.#queuedBytes > pauseAbove) this.#controller.pause();
  }

  end(): void {
    this.#ended = true;
    this.#waiting?.resolve({ done: true, value: undefined });
    this.#waiting = null;
  }

  fail(cause: Error): void {
    this.#failure = cause;
    this.#waiting?.reject(cause);
    this.#waiting = null;
  }
}
