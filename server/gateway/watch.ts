import type { ServerResponse } from 'node:http';
import type { StopSignal } from '../providers/provider.ts';

/** How long an attempt may take, ms. Infinity where there is no bound. */
export interface Bounds {
  readonly firstTokenMs: number;
  readonly idleMs: number;
  readonly totalMs: number;
}

/** How long an upstream is listened to for its usage after its client has left, ms. */
const drainMs = 2_000;

/** Tells when the client has left before its answer was complete. */
export function watchClient(res: ServerResponse): StopSignal {
  const watch = new ClientWatch();
  res.on('close', () => {
    if (!res.writableFinished) watch.leave();
  });
  return watch;
}

/** A class, since an object literal with a getter costs 15 µs: V8 makes a new shape for every one. */
class ClientWatch implements StopSignal {
  stopped = false;
  #listener: (() => void) | null = null;

  onStop(listener: () => void): void {
    this.#listener = listener;
    if (this.stopped) listener();
  }

  leave(): void {
    this.stopped = true;
    this.#listener?.();
  }
}

/**
 * Ends one attempt: when a deadline passes, or when the client leaves. One timer for all deadlines; hearing from the
 * upstream costs no more than reading a clock.
 */
export class Watch implements StopSignal {
  readonly #bounds: Bounds;
  readonly #startedAt = performance.now();
  #reason: 'deadline' | 'left' | null = null;
  #missed: keyof Bounds = 'totalMs';
  #listener: (() => void) | null = null;
  /** The phase: waiting for the first content, then listening to the rest. Paused while the client is slow to read. */
  #phase: 'first' | 'rest' | 'paused' = 'first';
  #heardAt = this.#startedAt;
  #timer: NodeJS.Timeout | undefined;
  #mayDrain: (() => boolean) | null = null;
  #left = false;

  constructor(bounds: Bounds, client: StopSignal) {
    this.#bounds = bounds;
    client.onStop(() => this.#leave());
    this.#arm();
  }

  /** Whether the client has left, also where the upstream is still listened to. */
  get left(): boolean {
    return this.#left;
  }

  /** Asked when the client leaves: whether so little is missing that the upstream is listened to a moment longer. */
  mayDrain(isWorthIt: () => boolean): void {
    this.#mayDrain = isWorthIt;
  }

  get stopped(): boolean {
    return this.#reason !== null;
  }

  /** Why the attempt was ended; `null` while it was not. */
  get reason(): 'deadline' | 'left' | null {
    return this.#reason;
  }

  /** The deadline that passed, as a sentence. */
  get missed(): string {
    const what = { firstTokenMs: 'no answer', idleMs: 'nothing more', totalMs: 'no complete answer' };
    return `There was ${what[this.#missed]} within ${Math.round(this.#bounds[this.#missed])} ms.`;
  }

  /** Since the attempt began, ms. */
  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  onStop(listener: () => void): void {
    this.#listener = listener;
    if (this.stopped) listener();
  }

  /** Bytes came from the upstream. */
  hear(): void {
    this.#heardAt = performance.now();
  }

  /** The first content is here: from now on silence between two pieces counts. */
  begin(): void {
    this.#phase = 'rest';
    this.hear();
  }

  /** The client does not read: what the upstream says is not waited for. */
  pause(): void {
    this.#phase = 'paused';
  }

  resume(): void {
    this.#phase = 'rest';
    this.hear();
  }

  /** The attempt is over; nothing will be stopped any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#listener = null;
  }

  #dueAt(): number {
    const { firstTokenMs, idleMs, totalMs } = this.#bounds;
    const totalAt = this.#startedAt + totalMs;
    if (this.#phase === 'paused') return totalAt;
    const nearAt = this.#phase === 'first' ? this.#startedAt + firstTokenMs : this.#heardAt + idleMs;
    return Math.min(nearAt, totalAt);
  }

  /**
   * Sets the timer, once an attempt: to the shortest of the bounds, so that no phase can miss its deadline. When it rings
   * early it is set again. Whole milliseconds, since Node keeps a list for every different duration.
   */
  #arm(): void {
    const { firstTokenMs, idleMs, totalMs } = this.#bounds;
    const shortest = Math.min(firstTokenMs, idleMs, totalMs);
    const wait = this.#timer === undefined ? shortest : Math.min(shortest, this.#dueAt() - performance.now());
    this.#timer = setTimeout(() => this.#look(), Math.max(1, Math.ceil(wait)));
  }

  #look(): void {
    const now = performance.now();
    // Node's timers may be up to a millisecond early.
    if (this.#dueAt() > now + 1) {
      this.#arm();
      return;
    }
    const totalIsDue = this.#startedAt + this.#bounds.totalMs <= now + 1;
    this.#missed = totalIsDue ? 'totalMs' : this.#phase === 'first' ? 'firstTokenMs' : 'idleMs';
    this.#stop('deadline');
  }

  #leave(): void {
    this.#left = true;
    if (this.#reason !== null || this.#mayDrain?.() !== true) {
      this.#stop('left');
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stop('left'), drainMs);
  }

  #stop(reason: 'deadline' | 'left'): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    clearTimeout(this.#timer);
    this.#listener?.();
  }
}
