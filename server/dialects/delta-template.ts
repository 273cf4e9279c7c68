const backslash = 0x5c;
const quote = 0x22;
const space = 0x20;
const brace = 0x7d;
/** So many frames that had to be parsed, and no more is learned. */
const mostLearned = 16;

/** A place where frames of one kind differ. */
interface Hole {
  readonly kind: 'text' | 'padding' | 'number' | 'spaces';
  readonly start: number;
  readonly end: number;
}

/**
 * Recognises the next of many like deltas without parsing it. The deltas of one block are the same bytes but for what they
 * add, for padding that hides its length, and for a running number: whatever is equal to a frame that was parsed, with only
 * the inside of these strings exchanged, means the same. Anything else is parsed. Made for one stream.
 */
export class DeltaTemplate {
  /** What stands before each hole, and behind the last. */
  #fixed: readonly Buffer[] = [];
  #kinds: readonly Hole['kind'][] = [];
  #learned = 0;
  /** Where the text of the frame that was recognised last lies in its bytes. */
  textStart = 0;
  textEnd = 0;
  /** Its running number; -1 where frames have none. */
  number = -1;

  /**
   * Whether these bytes are one more frame of the kind that was learned. One with an empty text or an escaped character is
   * not.
   */
  matches(frame: Buffer, from = 0, to: number = frame.length): boolean {
    const fixed = this.#fixed;
    if (fixed.length === 0) return false;
    let at = from;
    for (let index = 0; index < fixed.length; index += 1) {
      const part = fixed[index];
      if (part === undefined || !isAt(frame, at, part)) return false;
      at += part.length;
      const kind = this.#kinds[index];
      if (kind === undefined) continue;
      const end = endOfHole(kind, frame, at);
      if (end < at) return false;
      if (kind === 'text') {
        this.textStart = at;
        this.textEnd = end;
      } else if (kind === 'number') this.number = numberAt(frame, at, end);
      at = end;
    }
    return at === to && this.textEnd > this.textStart;
  }

  /**
   * Learns from a frame that was parsed and adds nothing but this text, as the string value of this key. A frame in which
   * that cannot be seen is left alone. Answers whether it has learned.
   */
  learn(frame: Buffer, key: string, text: string): boolean {
    if (this.#learned >= mostLearned || frame.includes(backslash)) return false;
    this.#learned += 1;
    const said = stringHole(frame, key, 'text');
    if (said === null || frame.toString('utf8', said.start, said.end) !== text) return false;
    const holes = [said, stringHole(frame, 'obfuscation', 'padding'), numberHole(frame), spacesHole(frame)]
      .filter((hole) => hole !== null)
      .sort((left, right) => left.start - right.start);
    const fixed: Buffer[] = [];
    let at = 0;
    for (const { start, end } of holes) {
      fixed.push(Buffer.from(frame.subarray(at, start)));
      at = end;
    }
    fixed.push(Buffer.from(frame.subarray(at)));
    this.#fixed = fixed;
    this.#kinds = holes.map(({ kind }) => kind);
    return true;
  }
}

/** Whether these bytes stand there. A call into the runtime costs as much as a loop over 60 bytes. */
function isAt(frame: Buffer, start: number, part: Buffer): boolean {
  const { length } = part;
  if (start + length > frame.length) return false;
  if (length > 60) return frame.compare(part, 0, length, start, start + length) === 0;
  for (let index = 0; index < length; index += 1) {
    if (frame[start + index] !== part[index]) return false;
  }
  return true;
}

/** The first byte behind a hole; -1 where its string has no end or an escaped character. */
function endOfHole(kind: Hole['kind'], frame: Buffer, start: number): number {
  let end = start;
  if (kind === 'text' || kind === 'padding') {
    for (; end < frame.length; end += 1) {
      const byte = frame[end];
      if (byte === quote) return end;
      if (byte === backslash) return -1;
    }
    return -1;
  }
  if (kind === 'spaces') while (frame[end] === space) end += 1;
  else while (isDigit(frame[end])) end += 1;
  return end;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function numberAt(frame: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + ((frame[at] ?? 0x30) - 0x30);
  return value;
}

function stringHole(frame: Buffer, key: string, kind: 'text' | 'padding'): Hole | null {
  const name = `"${key}":"`;
  const found = frame.indexOf(name);
  if (found < 0) return null;
  const start = found + name.length;
  const end = endOfHole(kind, frame, start);
  return end < 0 ? null : { kind, start, end };
}

function numberHole(frame: Buffer): Hole | null {
  const name = '"sequence_number":';
  const found = frame.indexOf(name);
  if (found < 0) return null;
  const start = found + name.length;
  return { kind: 'number', start, end: endOfHole('number', frame, start) };
}

/** Before the last brace, where Anthropic pads its events. */
function spacesHole(frame: Buffer): Hole | null {
  const end = frame.lastIndexOf(brace);
  let start = end;
  while (start > 0 && frame[start - 1] === space) start -= 1;
  return end < 0 ? null : { kind: 'spaces', start, end };
}

/** Characters, as JavaScript counts them, of bytes in UTF-8. */
export function charactersIn(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    if ((bytes[at] ?? 0) >= 0x80) return bytes.toString('utf8', start, end).length;
  }
  return end - start;
}
