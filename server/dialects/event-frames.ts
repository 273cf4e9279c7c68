import { isWireObject, parseJson, type WireObject } from './wire-value.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing: Buffer = Buffer.alloc(0);

/**
 * Cuts a stream of server-sent events into frames: the bytes of one event with the blank line that ends it, unchanged,
 * wherever the borders of the chunks lie. Lines end in LF, CRLF or CR (WHATWG HTML, 9.2.5). Put together again the
 * frames and the rest are the stream.
 */
export class FrameCutter {
  #rest: Buffer = nothing;
  /** Where scanning of the rest goes on, and whether the line there is still empty. */
  #scanned = 0;
  #lineEmpty = true;
  #afterReturn = false;

  /** Bytes of an event that has not ended yet. */
  get rest(): Buffer {
    return this.#rest;
  }

  /** The frames that are complete with this chunk. */
  push(chunk: Uint8Array): readonly Buffer[] {
    const bytes = this.#join(chunk);
    const frames: Buffer[] = [];
    let start = 0;
    let at = this.#scanned;
    while (at < bytes.length) {
      const byte = bytes[at];
      at += 1;
      if (byte === lineFeed && this.#afterReturn) {
        // The second half of CRLF ends no line of its own.
        this.#afterReturn = false;
        if (start === at - 1 && frames.length > 0) start = this.#extendLast(frames, bytes, at);
        continue;
      }
      this.#afterReturn = byte === carriageReturn;
      if (byte !== lineFeed && byte !== carriageReturn) {
        this.#lineEmpty = false;
        at = skipLine(bytes, at);
        continue;
      }
      if (this.#lineEmpty) {
        frames.push(bytes.subarray(start, at));
        start = at;
      }
      this.#lineEmpty = true;
    }
    this.#rest = start === bytes.length ? nothing : bytes.subarray(start);
    this.#scanned = this.#rest.length;
    return frames;
  }

  #join(chunk: Uint8Array): Buffer {
    const fresh = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    return this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh]);
  }

  #extendLast(frames: Buffer[], bytes: Buffer, end: number): number {
    const last = frames.pop() ?? nothing;
    frames.push(bytes.subarray(end - 1 - last.length, end));
    return end;
  }
}

/** The first byte from `at` on that ends a line, or the end. */
function skipLine(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] !== lineFeed && bytes[end] !== carriageReturn) end += 1;
  return end;
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
