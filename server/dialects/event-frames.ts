import { isWireObject, parseJson, type WireObject } from './wire-value.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing: Buffer = Buffer.alloc(0);

/**
 * Cuts a stream of server-sent events into frames: the bytes of one event with the blank line that ends it, unchanged,
 * wherever the borders of the chunks lie. Lines end in LF, CRLF or CR (WHATWG HTML, 9.2.5). Put together again the
 * frames and the rest are the stream. Every byte is looked at and copied a bounded number of times, however small the
 * chunks are that a long line comes in.
 */
export class FrameCutter {
  /** Holds the bytes of an event that has not ended; grows by doubling. */
  #held: Buffer = nothing;
  #restBytes = 0;
  /** Whether the line that is being read is still empty. */
  #lineEmpty = true;
  #afterReturn = false;

  /** Bytes of an event that has not ended yet. */
  get rest(): Buffer {
    return this.#held.subarray(0, this.#restBytes);
  }

  get restBytes(): number {
    return this.#restBytes;
  }

  /** The frames that are complete with this chunk. */
  push(chunk: Uint8Array): readonly Buffer[] {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const frames: Buffer[] = [];
    const start =
      this.#afterReturn || bytes.indexOf(carriageReturn) >= 0
        ? this.#cutAtAnyEnd(bytes, frames)
        : this.#cutAtFeeds(bytes, frames);
    if (start < bytes.length) this.#keep(start === 0 ? bytes : bytes.subarray(start));
    return frames;
  }

  /** Lines end in LF, as nearly everywhere. Answers where the rest begins. */
  #cutAtFeeds(bytes: Buffer, frames: Buffer[]): number {
    let start = 0;
    let at = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, at)) {
      if (end === at && this.#lineEmpty) {
        frames.push(this.#frame(bytes, start, end + 1));
        start = end + 1;
      }
      this.#lineEmpty = true;
      at = end + 1;
    }
    if (at < bytes.length) this.#lineEmpty = false;
    return start;
  }

  #cutAtAnyEnd(bytes: Buffer, frames: Buffer[]): number {
    let start = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === lineFeed && this.#afterReturn) {
        // The second half of CRLF ends no line of its own.
        this.#afterReturn = false;
        if (start === at && frames.length > 0) start = extendLast(frames, bytes, at);
        continue;
      }
      this.#afterReturn = byte === carriageReturn;
      if (byte !== lineFeed && byte !== carriageReturn) {
        this.#lineEmpty = false;
        continue;
      }
      if (this.#lineEmpty) {
        frames.push(this.#frame(bytes, start, at + 1));
        start = at + 1;
      }
      this.#lineEmpty = true;
    }
    return start;
  }

  #frame(bytes: Buffer, start: number, end: number): Buffer {
    const last = bytes.subarray(start, end);
    if (this.#restBytes === 0) return last;
    this.#keep(last);
    const whole = this.rest;
    this.#held = nothing;
    this.#restBytes = 0;
    return whole;
  }

  #keep(bytes: Buffer): void {
    const needed = this.#restBytes + bytes.length;
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafe(2 * needed);
      this.#held.copy(larger, 0, 0, this.#restBytes);
      this.#held = larger;
    }
    bytes.copy(this.#held, this.#restBytes);
    this.#restBytes = needed;
  }
}

/** One more byte behind the last frame; answers where the next one begins. */
function extendLast(frames: Buffer[], bytes: Buffer, feedAt: number): number {
  const last = frames.pop() ?? nothing;
  frames.push(Buffer.concat([last, bytes.subarray(feedAt, feedAt + 1)]));
  return feedAt + 1;
}

/** One event: its name and data. Comments, ids and retry times are of no interest here. */
export interface WireEvent {
  readonly name: string;
  readonly data: string;
}

/** Reads a frame; `null` for one without data, such as a comment. */
export function readEvent(frame: Buffer): WireEvent | null {
  let name = '';
  let data: string | null = null;
  for (const line of frame.toString('utf8').split(/\r\n|\n|\r/)) {
    if (line.startsWith('data:')) {
      const value = line.slice(line.charCodeAt(5) === 0x20 ? 6 : 5);
      data = data === null ? value : `${data}\n${value}`;
    } else if (line.startsWith('event:')) {
      name = line.slice(line.charCodeAt(6) === 0x20 ? 7 : 6);
    }
  }
  return data === null ? null : { name, data };
}

/** The data of an event as a JSON object; `null` when it is none. */
export function objectIn(event: WireEvent): WireObject | null {
  const value = parseJson(event.data);
  return isWireObject(value) ? value : null;
}
