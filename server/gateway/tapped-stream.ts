import type { WireProblem } from '../dialects/index.ts';
import { UpstreamFailure } from '../providers/provider.ts';
import type { CommitPoint } from './commit-point.ts';
import type { Counted } from './made-attempt.ts';
import type { StreamEnding, Tap } from './tap.ts';
import type { Watch } from './watch.ts';

/** How long an upstream may take to close an answer that is complete, ms; its connection is cut then. */
const lingerMs = 1_000;

/**
 * An upstream's stream on its way to the client: read along for usage, errors and the end, and held back until the commit
 * point. Pulled by whoever writes to the client, so a slow client slows the upstream.
 */
export class TappedStream {
  readonly #body: AsyncIterator<Uint8Array>;
  readonly #tap: Tap;
  readonly #commit: CommitPoint;
  readonly #watch: Watch;
  #ending: StreamEnding | null = null;

  constructor(body: AsyncIterable<Uint8Array>, tap: Tap, commit: CommitPoint, watch: Watch) {
    this.#body = body[Symbol.asyncIterator]();
    this.#tap = tap;
    this.#commit = commit;
    this.#watch = watch;
    watch.mayDrain(() => tap.awaitsUsage);
  }

  /** `null` while the stream goes on. */
  get ending(): StreamEnding | null {
    return this.#ending;
  }

  get committed(): boolean {
    return this.#commit.committed;
  }

  get counted(): Counted {
    return this.#tap.counted;
  }

  errorFrame(problem: WireProblem): string {
    return this.#tap.errorFrame(problem);
  }

  /**
   * The next events for the client, the first ones from the commit point on; `null` at the end, of which `ending` tells.
   */
  async next(): Promise<Buffer | null> {
    const { committed } = this;
    while (this.#ending === null) {
      const out: Buffer[] = [];
      try {
        this.#ending = this.#take(await this.#body.next(), out);
      } catch (cause) {
        this.#ending = this.#endingAfter(cause);
      }
      if (!committed && this.committed) this.#watch.begin();
      if (out.length > 0) return joined(out);
    }
    return null;
  }

  #take(chunk: IteratorResult<Uint8Array>, out: Buffer[]): StreamEnding | null {
    if (chunk.done === true) return this.#tap.close(out);
    this.#watch.hear();
    const ending = this.#tap.read(chunk.value, out);
    if (ending?.kind === 'complete') this.#linger();
    else if (ending !== null) void this.#body.return?.();
    return ending;
  }

  /** The answer is whole. Its connection can be used again if the upstream closes the answer too; the client need not wait. */
  #linger(): void {
    const cut = () => void this.#body.return?.();
    const timer = setTimeout(cut, lingerMs);
    this.#body.next().then(
      ({ done }) => {
        clearTimeout(timer);
        if (done !== true) cut();
      },
      () => clearTimeout(timer),
    );
  }

  #endingAfter(cause: unknown): StreamEnding {
    if (this.#watch.reason === 'left') return { kind: 'left' };
    if (this.#watch.reason === 'deadline') {
      return { kind: 'failed', error: 'timeout', message: this.#watch.missed, told: false };
    }
    void this.#body.return?.();
    if (!(cause instanceof UpstreamFailure)) throw cause;
    return { kind: 'failed', error: cause.error, message: cause.message, told: false };
  }
}

/** Frames that were cut from one chunk stand side by side in memory: nothing is copied then. */
function joined(out: readonly Buffer[]): Buffer {
  const [first] = out;
  if (first === undefined || out.length === 1) return first ?? Buffer.alloc(0);
  let end = first.byteOffset;
  for (const { buffer, byteOffset, length } of out) {
    if (buffer !== first.buffer || byteOffset !== end) return Buffer.concat(out);
    end = byteOffset + length;
  }
  return Buffer.from(first.buffer, first.byteOffset, end - first.byteOffset);
}
