const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
/** A line longer than this is not an event but a fault. */
const mostLineBytes = 16 * 1024 * 1024;

/** Takes one event: its name, empty where it has none, and its data. */
export type SseSink = (name: string, data: string) => void;

/** Looks at the bytes of an event's only line of data; an event that it takes does not reach the sink. */
export type SseGlance = (bytes: Buffer, start: number, end: number) => boolean;

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6) from bytes cut anywhere. Lines are found on bytes and decoded whole, so
 * a character that is cut in two stays one. Lines end in LF, CRLF or CR; comments, ids and retry times are skipped;
 * several data lines are one text. The last event counts even where its blank line is missing.
 */
export class SseParser {
  readonly #sink: SseSink;
  readonly #glance: SseGlance;
  /** The beginning of a line whose end has not come, as chunks. */
  #line: Buffer[] = [];
  #lineBytes = 0;
  #name = '';
  #data: string | null = null;
  #afterReturn = false;
  #first = true;

  constructor(sink: SseSink, glance: SseGlance = () => false) {
    this.#sink = sink;
    this.#glance = glance;
  }

  /** @throws {RangeError} for a line without end. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.isBuffer(chunk)
      ? chunk
      : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    if (this.#afterReturn && bytes.length > 0) {
      this.#afterReturn = false;
      if (bytes[0] === lineFeed) at = 1;
    }
    let returnAt = bytes.indexOf(carriageReturn, at);
    while (at < bytes.length) {
      if (returnAt >= 0 && returnAt < at) returnAt = bytes.indexOf(carriageReturn, at);
      const feedAt = bytes.indexOf(lineFeed, at);
      const end = returnAt >= 0 && (feedAt < 0 || returnAt < feedAt) ? returnAt : feedAt;
      if (end < 0) {
        this.#keep(bytes, at);
        return;
      }
      this.#endLine(bytes, at, end);
      at = end + 1;
      if (end !== returnAt) continue;
      if (at === bytes.length) this.#afterReturn = true;
      else if (bytes[at] === lineFeed) at += 1;
    }
  }

  end(): void {
    if (this.#lineBytes > 0) this.#endLine(Buffer.alloc(0), 0, 0);
    this.#dispatch();
  }

  #keep(bytes: Buffer, from: number): void {
    this.#lineBytes += bytes.length - from;
    if (this.#lineBytes > mostLineBytes)
      throw new RangeError(`A line of the stream is larger than ${mostLineBytes} bytes.`);
    // The chunk's memory may be used again by its owner once push returns.
    this.#line.push(Buffer.from(bytes.subarray(from)));
  }

  #endLine(bytes: Buffer, start: number, end: number): void {
    if (this.#lineBytes === 0) {
      this.#readLine(bytes, start, end);
      return;
    }
    const line = Buffer.concat([...this.#line, bytes.subarray(start, end)]);
    this.#line = [];
    this.#lineBytes = 0;
    this.#readLine(line, 0, line.length);
  }

  #readLine(bytes: Buffer, start: number, end: number): void {
    let from = start;
    if (this.#first) {
      this.#first = false;
      if (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf) from += 3;
    }
    if (from === end) {
      this.#dispatch();
      return;
    }
    // `data` and `event` are told by their first and their fifth or sixth byte before anything is decoded.
    if (bytes[from] === 0x64 && isField(bytes, from, end, 'data')) {
      if (!this.#isTaken(bytes, from + 4, end)) this.#addData(fieldValue(bytes, from + 4, end));
    } else if (bytes[from] === 0x65 && isField(bytes, from, end, 'event'))
      this.#name = fieldValue(bytes, from + 5, end);
  }

  /** Only where the blank line is there too: until then more data may come. */
  #isTaken(bytes: Buffer, colon: number, end: number): boolean {
    if (this.#data !== null || bytes[end] !== lineFeed || bytes[end + 1] !== lineFeed) return false;
    return this.#glance(bytes, valueStart(bytes, colon), end);
  }

  #addData(text: string): void {
    this.#data = this.#data === null ? text : `${this.#data}\n${text}`;
  }

  #dispatch(): void {
    const data = this.#data;
    const name = this.#name;
    this.#data = null;
    this.#name = '';
    if (data !== null) this.#sink(name, data);
  }
}

function isField(bytes: Buffer, start: number, end: number, name: string): boolean {
  const after = start + name.length;
  if (after > end || (after < end && bytes[after] !== 0x3a)) return false;
  for (let at = 1; at < name.length; at += 1) if (bytes[start + at] !== name.charCodeAt(at)) return false;
  return true;
}

/** Behind the colon, without one space; empty for a field without colon. */
function fieldValue(bytes: Buffer, colon: number, end: number): string {
  const start = valueStart(bytes, colon);
  return start >= end ? '' : bytes.toString('utf8', start, end);
}

function valueStart(bytes: Buffer, colon: number): number {
  return bytes[colon + 1] === space ? colon + 2 : colon + 1;
}
