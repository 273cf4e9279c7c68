import type { ErrorClass } from '#engine/nodes/index.ts';
import { FrameCutter, type StreamReader, type WireProblem } from '../dialects/index.ts';
import type { StreamProgress } from '../dialects/translate/index.ts';
import { UpstreamFailure } from '../providers/provider.ts';
import type { CommitPoint } from './commit-point.ts';
import type { Counted } from './made-attempt.ts';
import { classOfProblem } from './problem-class.ts';

/** A frame that is still not complete after this many bytes is none. */
const largestFrame = 16 * 1024 * 1024;

/** How a stream ended. `told` means that the client has read of it in an event of the upstream's own. */
export type StreamEnding =
  | { readonly kind: 'complete' }
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly error: ErrorClass; readonly message: string; readonly told: boolean };

/** Reads a stream along on its way. What the client may have now goes into `out`, whole events at a time. */
export interface Tap {
  /** How the stream has ended with this chunk; `null` while it goes on. Throws {@link UpstreamFailure} for what is no stream. */
  read(chunk: Uint8Array, out: Buffer[]): StreamEnding | null;
  /** The upstream has closed the line. */
  close(out: Buffer[]): StreamEnding;
  readonly counted: Counted;
  /** Whether the answer is whole and only its usage is missing. */
  readonly awaitsUsage: boolean;
  /** The event that ends a stream which broke. */
  errorFrame(problem: WireProblem): string;
}

const complete = { kind: 'complete' } as const;
const brokenOff: StreamEnding = {
  kind: 'failed',
  error: 'network',
  message: 'The upstream ended the stream before the answer was complete.',
  told: false,
};

/** Taps the bytes of a provider that speaks the client's dialect: they are cut into frames and read, never rebuilt. */
export class FrameTap implements Tap {
  readonly #reader: StreamReader;
  readonly #commit: CommitPoint;
  readonly #errorFrame: (problem: WireProblem, reader: StreamReader) => string;
  readonly #cutter = new FrameCutter();

  constructor(
    reader: StreamReader,
    commit: CommitPoint,
    errorFrame: (problem: WireProblem, reader: StreamReader) => string,
  ) {
    this.#reader = reader;
    this.#commit = commit;
    this.#errorFrame = errorFrame;
  }

  get counted(): Counted {
    return this.#reader;
  }

  get awaitsUsage(): boolean {
    return this.#reader.finished && this.#reader.usage === null;
  }

  read(chunk: Uint8Array, out: Buffer[]): StreamEnding | null {
    for (const frame of this.#cutter.push(chunk)) {
      const ending = this.#take(frame, out);
      // What an upstream says behind the end is no part of the answer.
      if (ending !== null) return ending;
    }
    if (this.#cutter.restBytes > largestFrame) {
      throw new UpstreamFailure('server_error', `An event is larger than ${largestFrame} bytes.`);
    }
    return null;
  }

  /** A last event without the blank line behind it counts only if it is the end; half an event is never passed on. */
  close(out: Buffer[]): StreamEnding {
    const { rest } = this.#cutter;
    if (!this.#reader.finished && rest.length > 0) {
      const meaning = this.#reader.read(rest);
      if (this.#reader.finished) {
        this.#commit.offer(meaning.kind, Buffer.concat([rest, Buffer.from('\n\n')]), out);
      }
    }
    return this.#reader.finished ? complete : brokenOff;
  }

  errorFrame(problem: WireProblem): string {
    return this.#errorFrame(problem, this.#reader);
  }

  #take(frame: Buffer, out: Buffer[]): StreamEnding | null {
    const meaning = this.#reader.read(frame);
    const verdict = this.#commit.offer(meaning.kind, frame, out);
    if (meaning.kind === 'end') return complete;
    if (verdict === 'go-on' || meaning.kind !== 'error') return null;
    const { error, message, unfinished } = meaning;
    return { kind: 'failed', error, message, told: verdict === 'break-off' && unfinished !== true };
  }
}

/** Taps a stream that is translated on its way: the translation knows what it has said, so nothing is read twice. */
export class TranslationTap implements Tap {
  readonly #progress: StreamProgress;
  readonly #commit: CommitPoint;

  constructor(progress: StreamProgress, commit: CommitPoint) {
    this.#progress = progress;
    this.#commit = commit;
  }

  get counted(): Counted {
    return this.#progress;
  }

  get awaitsUsage(): boolean {
    return false;
  }

  /** A chunk is what the translation made of the last piece: whole events. */
  read(chunk: Uint8Array, out: Buffer[]): StreamEnding | null {
    const { problem, finished, hasContent } = this.#progress;
    const events = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    if (problem !== null) {
      const verdict = this.#commit.offer('error', events, out);
      const error = classOfProblem(problem);
      return { kind: 'failed', error, message: problem.message, told: verdict === 'break-off' };
    }
    this.#commit.offer(finished ? 'end' : hasContent ? 'content' : 'lifecycle', events, out);
    return finished ? complete : null;
  }

  /** The translation tells of an early end itself, so there is nothing left to say. */
  close(): StreamEnding {
    return this.#progress.finished ? complete : brokenOff;
  }

  errorFrame({ message, status, code, requestId }: WireProblem): string {
    return this.#progress.fail({ message, status, code, requestId }).join('');
  }
}
