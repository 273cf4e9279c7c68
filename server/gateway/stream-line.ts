import type { ServerResponse } from 'node:http';
import type { StreamFraming, WireDialect } from '../dialects/index.ts';
import type { FlatHeaders } from './reply-headers.ts';
import type { Watch } from './watch.ts';

/** How long the client of a stream hears nothing, ms. */
export interface Patience {
  /**
   * From the request until the headers go out with status 200 though no target has begun to answer. Up to then a failure
   * has its own status; from then on it is an event, and other targets may still answer, since no event has gone out.
   */
  readonly headersMs: number;
  /** Between two signs of life from then on. */
  readonly heartbeatMs: number;
}

/**
 * Proxies and balancers cut connections that are silent for 30 to 100 s, the strictest of them while they wait for headers.
 * A failure mostly shows within seconds, so nearly every failure keeps its status.
 */
export const defaultPatience: Patience = Object.freeze({ headersMs: 20_000, heartbeatMs: 15_000 });

/** What every reader of server-sent events passes over. */
const comment = ': keep-alive\n\n';

/** The client's end of a stream: its head, whole events, signs of life while there are none, and its end. */
export class StreamLine {
  readonly #res: ServerResponse;
  readonly #framing: StreamFraming | null;
  readonly #heartbeat: string;
  readonly #patience: Patience;
  readonly #earlyHeaders: () => FlatHeaders;
  #timer: NodeJS.Timeout;
  #begun = false;
  /** Whether an event of an answer has gone out. */
  #answering = false;
  #wroteAt = 0;

  /** @param earlyHeaders What can be said of a reply before any target has answered. */
  constructor(
    res: ServerResponse,
    dialect: WireDialect,
    earlyHeaders: () => FlatHeaders,
    patience: Patience = defaultPatience,
  ) {
    this.#res = res;
    this.#framing = dialect.makeFraming?.() ?? null;
    // Between the elements of an array there may be white space.
    this.#heartbeat = this.#framing === null ? (dialect.heartbeat ?? comment) : '\n';
    this.#patience = patience;
    this.#earlyHeaders = earlyHeaders;
    this.#timer = setTimeout(() => this.#beginEarly(), patience.headersMs);
  }

  /** Whether the headers have gone out: the status cannot be chosen any more. */
  get begun(): boolean {
    return this.#begun;
  }

  get contentType(): string | null {
    return this.#framing?.contentType ?? null;
  }

  /** Nothing where the headers have gone out. */
  begin(headers: FlatHeaders): void {
    if (this.#begun) return;
    this.#writeHead(headers);
  }

  /** Whole events. Answers whether the client keeps up. */
  write(events: Buffer): boolean {
    this.#answering = true;
    this.#wroteAt = performance.now();
    return this.#res.write(this.#framing === null ? events : this.#framing.push(events));
  }

  /** Until the client has read enough, has left, or the attempt is over. Silence of the upstream does not count meanwhile. */
  async drained(watch: Watch): Promise<void> {
    const res = this.#res;
    if (!res.writableNeedDrain || res.destroyed || watch.stopped) return;
    watch.pause();
    await new Promise<void>((resolve) => {
      const done = () => {
        res.off('drain', done);
        res.off('close', done);
        resolve();
      };
      res.on('drain', done);
      res.on('close', done);
    });
    watch.resume();
  }

  /** @param last The events that are still to be said; empty where everything is. */
  end(last: string, trailers: readonly [string, string][]): void {
    this.stop();
    const res = this.#res;
    if (res.destroyed) return;
    if (last !== '') this.write(Buffer.from(last));
    if (this.#framing !== null) res.write(this.#framing.end());
    if (trailers.length > 0) res.addTrailers(trailers);
    res.end();
  }

  /** No more signs of life. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  #beginEarly(): void {
    if (this.#res.destroyed || this.#res.headersSent) return;
    this.#writeHead(this.#earlyHeaders());
    this.#beat();
  }

  #writeHead(headers: FlatHeaders): void {
    clearTimeout(this.#timer);
    this.#begun = true;
    this.#res.writeHead(200, headers);
    this.#wroteAt = performance.now();
    this.#timer = setTimeout(() => this.#look(), this.#patience.heartbeatMs);
  }

  /** The timer is not set anew with every event: it looks when the last one was. */
  #look(): void {
    const due = this.#wroteAt + this.#patience.heartbeatMs - performance.now();
    if (due <= 1) this.#beat();
    const wait = due <= 1 ? this.#patience.heartbeatMs : due;
    this.#timer = setTimeout(() => this.#look(), Math.ceil(wait));
  }

  /** Not to a client that does not read: its connection is not silent, but full. */
  #beat(): void {
    const res = this.#res;
    if (res.destroyed || res.writableEnded || res.writableNeedDrain) return;
    this.#wroteAt = performance.now();
    // Before the dialect's first event only a comment is sure to be passed over.
    res.write(this.#answering || this.#framing !== null ? this.#heartbeat : comment);
  }
}
