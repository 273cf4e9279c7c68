import type { ErrorClass } from '#engine/nodes/index.ts';
import { FrameCutter, type StreamReader } from '../dialects/index.ts';
import { UpstreamFailure } from '../providers/provider.ts';
import { CommitPoint } from './commit-point.ts';
import type { Watch } from './watch.ts';

/** A frame that is still not complete after this many bytes is none. */
const largestFrame = 16 * 1024 * 1024;

/** How a stream ended. `told` means that the client has read of it in an event of the upstream's own. */
export type StreamEnding =
  | { readonly kind: 'complete' }
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly error: ErrorClass; readonly message: string; readonly told: boolean };

/**
 * An upstream's stream on its way to the client: its bytes, read along for usage, errors and the end, and held back until
 * the commit point. Pulled by whoever writes to the client, so a slow client slows the upstream.
 */
export class TappedStream {
  readonly reader: StreamReader;
  readonly #body: AsyncIterator<Uint8Array>;
  readonly #watch: Watch;
  readonly #cutter = new FrameCutter();
  readonly #commit = new CommitPoint();
  #ending: StreamEnding | null = null;

  constructor(body: AsyncIterable<Uint8Array>, reader: StreamReader, watch: Watch) {
    this.#body = body[Symbol.asyncIterator]();
    this.reader = reader;
    this.#watch = watch;
  }

  /** `null` while the stream goes on. */
  get ending(): StreamEnding | null {
    return this.#ending;
  }

  get committed(): boolean {
    return this.#commit.committed;
  }

  /** The next bytes for the client, the first ones from the commit point on; `null` at the end, of which `ending` tells. */
  async next(): Promise<Buffer | null> {
    while (this.#ending === null) {
      const out: Buffer[] = [];
      try {
        const chunk = await this.#body.next();
        if (chunk.done === true) this.#finish(out);
        else this.#take(chunk.value, out);
      } catch (cause) {
        this.#ending = this.#endingAfter(cause);
      }
      if (out.length > 0) return out.length === 1 && out[0] ? out[0] : Buffer.concat(out);
    }
    return null;
  }

  #take(chunk: Uint8Array, out: Buffer[]): void {
    this.#watch.hear();
    for (const frame of this.#cutter.push(chunk)) {
      this.#read(frame, out);
      if (this.#ending !== null) return;
    }
    if (this.#cutter.rest.length > largestFrame) {
      throw new UpstreamFailure('server_error', `An event is larger than ${largestFrame} bytes.`);
    }
  }

  #read(frame: Buffer, out: Buffer[]): void {
    const meaning = this.reader.read(frame);
    const wasCommitted = this.#commit.committed;
    const verdict = this.#commit.offer(meaning.kind, frame, out);
    if (!wasCommitted && this.#commit.committed) this.#watch.begin();
    if (verdict === 'go-on' || meaning.kind !== 'error') return;
    const { error, message, unfinished } = meaning;
    this.#ending = { kind: 'failed', error, message, told: verdict === 'break-off' && unfinished !== true };
    void this.#body.return?.();
  }

  /** The upstream has closed the line: well, if the dialect's end was there, else in the middle. */
  #finish(out: Buffer[]): void {
    const { rest } = this.#cutter;
    // A last event without the blank line behind it counts only if it is the end; half an event is never passed on.
    if (!this.reader.finished && rest.length > 0) {
      const meaning = this.reader.read(rest);
      if (this.reader.finished) {
        this.#commit.offer(meaning.kind, Buffer.concat([rest, Buffer.from('\n\n')]), out);
      }
    }
    this.#ending = this.reader.finished
      ? { kind: 'complete' }
      : {
          kind: 'failed',
          error: 'network',
          message: 'The upstream ended the stream before the answer was complete.',
          told: false,
        };
  }

  #endingAfter(cause: unknown): StreamEnding {
    if (this.#watch.reason === 'left') return { kind: 'left' };
    if (this.#watch.reason === 'deadline') {
      return { kind: 'failed', error: 'timeout', message: this.#watch.missed, told: false };
    }
    if (!(cause instanceof UpstreamFailure)) throw cause;
    return { kind: 'failed', error: cause.error, message: cause.message, told: false };
  }
}
