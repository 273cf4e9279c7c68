import type { FrameMeaning } from '../dialects/index.ts';

/** Bytes of lifecycle frames that are held back at most; a stream that says more than that before its content has begun. */
const mostHeld = 65_536;

/**
 * What a frame does to a stream: `go-on`; `move-on`, an error before anything was sent, so the next target may still
 * answer; `break-off`, an error after that.
 */
export type Verdict = 'go-on' | 'move-on' | 'break-off';

/**
 * The point up to which another target can still answer. Frames without content are held back until the first content;
 * then they go out together and the answer is this target's, for better or worse.
 */
export class CommitPoint {
  #committed = false;
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** Whether anything has been let through to the client. */
  get committed(): boolean {
    return this.#committed;
  }

  /** Takes a frame and adds what may go to the client now to `out`. */
  offer(kind: FrameMeaning['kind'], frame: Buffer, out: Buffer[]): Verdict {
    switch (kind) {
      case 'hidden':
        return 'go-on';
      case 'error':
        if (!this.#committed) return 'move-on';
        out.push(frame);
        return 'break-off';
      case 'lifecycle':
        if (this.#committed) out.push(frame);
        else this.#hold(frame, out);
        return 'go-on';
      case 'content':
      case 'end':
        if (!this.#committed) this.#commit(out);
        out.push(frame);
        return 'go-on';
    }
  }

  #hold(frame: Buffer, out: Buffer[]): void {
    this.#held.push(frame);
    this.#heldBytes += frame.length;
    if (this.#heldBytes > mostHeld) this.#commit(out);
  }

  #commit(out: Buffer[]): void {
    this.#committed = true;
    out.push(...this.#held);
    this.#held = [];
  }
}
