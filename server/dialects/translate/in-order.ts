import type { PartStart } from './neutral-answer.ts';

/** Writes one part of a streamed answer. */
export interface PartWriter {
  grow(text: string, out: string[]): void;
  sign(signature: string, out: string[]): void;
  /** Whether nothing can follow: the arguments of a tool are a whole object. */
  isComplete(): boolean;
}

/** A part that began while another one was open. */
interface Waiting {
  readonly part: number;
  readonly start: PartStart;
  text: string;
  signature: string;
  ended: boolean;
}

/**
 * Puts parts that grow in turns in order, for dialects whose parts stand one after another: the oldest is written as it
 * comes, the others wait.
 */
export class InOrder<Writer extends PartWriter> {
  readonly #open: (start: PartStart, out: string[]) => Writer;
  readonly #close: (writer: Writer, out: string[]) => void;
  readonly #seen = new Set<number>();
  #waiting: Waiting[] = [];
  #live: Writer | null = null;
  #livePart = -1;

  constructor(
    open: (start: PartStart, out: string[]) => Writer,
    close: (writer: Writer, out: string[]) => void,
  ) {
    this.#open = open;
    this.#close = close;
  }

  /** A part that began before begins only once; answers whether this one did. */
  begin(part: number, start: PartStart, out: string[]): boolean {
    if (this.#seen.has(part)) return false;
    this.#seen.add(part);
    this.#waiting.push({ part, start, text: '', signature: '', ended: false });
    if (this.#live === null || this.#live.isComplete()) this.#advance(out);
    return true;
  }

  grow(part: number, text: string, out: string[]): void {
    if (part === this.#livePart) this.#live?.grow(text, out);
    else {
      const waiting = this.#find(part);
      if (waiting !== undefined) waiting.text += text;
    }
  }

  sign(part: number, signature: string, out: string[]): void {
    if (part === this.#livePart) this.#live?.sign(signature, out);
    else {
      const waiting = this.#find(part);
      if (waiting !== undefined) waiting.signature = signature;
    }
  }

  end(part: number, out: string[]): void {
    if (part === this.#livePart) this.#advance(out);
    else {
      const waiting = this.#find(part);
      if (waiting !== undefined) waiting.ended = true;
    }
  }

  /** Writes and closes all there is. */
  finish(out: string[]): void {
    for (const waiting of this.#waiting) waiting.ended = true;
    this.#advance(out);
  }

  /** Whether this is the last part of a finished answer. */
  get isLast(): boolean {
    return this.#waiting.length === 0;
  }

  #find(part: number): Waiting | undefined {
    return this.#waiting.find((one) => one.part === part);
  }

  /** Ends the open part and writes what waits, up to the first part that still grows. */
  #advance(out: string[]): void {
    this.#closeLive(out);
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const writer = this.#open(next.start, out);
      writer.grow(next.text, out);
      if (next.signature !== '') writer.sign(next.signature, out);
      this.#live = writer;
      this.#livePart = next.part;
      const done = next.ended || (this.#waiting.length > 0 && writer.isComplete());
      if (!done) return;
      this.#closeLive(out);
    }
  }

  #closeLive(out: string[]): void {
    if (this.#live !== null) this.#close(this.#live, out);
    this.#live = null;
    this.#livePart = -1;
  }
}
