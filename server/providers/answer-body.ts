import type { Dispatcher } from 'undici';

/** Bytes that may wait for a slow reader before the upstream is asked to pause. */
const pauseAbove = 65_536;
const nothing = new Uint8Array();

/** The body of an answer as it comes: a queue between undici's callbacks and whoever reads, with back-pressure. Read once. */
export class AnswerBody implements AsyncIterable<Uint8Array>, AsyncIterator<Uint8Array> {
  readonly #controller: Dispatcher.DispatchController;
  readonly #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #ended = false;
  #settling = false;
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
    if (this.#queue.length > 0) return Promise.resolve({ done: false, value: this.#takeAll() });
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
    this.#queue.push(chunk);
    this.#queuedBytes += chunk.length;
    if (this.#queuedBytes > pauseAbove) this.#controller.pause();
    if (this.#waiting !== null) this.#settleSoon();
  }

  end(): void {
    this.#ended = true;
    if (this.#waiting !== null) this.#settleSoon();
  }

  fail(cause: Error): void {
    this.#failure = cause;
    if (this.#waiting !== null) this.#settleSoon();
  }

  /** Once all that one read from the network brought is here: undici tells of every piece of it apart. */
  #settleSoon(): void {
    if (this.#settling) return;
    this.#settling = true;
    queueMicrotask(() => {
      this.#settling = false;
      const waiting = this.#waiting;
      this.#waiting = null;
      if (waiting === null) return;
      if (this.#queue.length > 0) waiting.resolve({ done: false, value: this.#takeAll() });
      else if (this.#failure !== null) waiting.reject(this.#failure);
      else waiting.resolve({ done: true, value: undefined });
    });
  }

  #takeAll(): Uint8Array {
    const [first = nothing] = this.#queue;
    const all = this.#queue.length === 1 ? first : Buffer.concat(this.#queue);
    this.#queue.length = 0;
    this.#queuedBytes = 0;
    if (this.#controller.paused) this.#controller.resume();
    return all;
  }
}
