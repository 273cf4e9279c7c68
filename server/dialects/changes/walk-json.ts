/**
 * What is told of a JSON text as it is walked. Every list and object has notes of the visitor's own. `key` is the member's
 * key; of a text in a list, the list's own. Offsets are bytes, ends exclusive.
 */
export interface JsonVisitor<Notes> {
  /** `key` is empty for an item of a list. */
  open(parent: Notes | null, key: string): Notes;
  key?(notes: Notes, key: string, start: number, end: number): void;
  /** A string, quotes included. */
  text(notes: Notes, key: string, start: number, end: number): void;
  /** A number, `true`, `false` or `null`. */
  literal?(notes: Notes, key: string, start: number, end: number): void;
  close(notes: Notes, parent: Notes | null, start: number, end: number): void;
}

interface Frame<Notes> {
  readonly notes: Notes;
  readonly start: number;
  readonly isList: boolean;
  key: string;
  /** The next string is a key. */
  awaitsKey: boolean;
}

const quote = 0x22;
const backslash = 0x5c;

/** Walks a JSON text that is an object or a list, once and without recursion. It must have passed `JSON.parse`. */
export function walkJson<Notes>(json: Buffer, visitor: JsonVisitor<Notes>): void {
  const frames: Frame<Notes>[] = [];
  let top: Frame<Notes> | undefined;
  let at = 0;
  while (at < json.length) {
    const byte = json[at];
    if (byte === 0x7b || byte === 0x5b) {
      const isList = byte === 0x5b;
      const key = top === undefined || top.isList ? '' : top.key;
      const notes = visitor.open(top?.notes ?? null, key);
      top = { notes, start: at, isList, key: isList ? key : '', awaitsKey: !isList };
      frames.push(top);
      at += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      const closed = frames.pop();
      top = frames.at(-1);
      at += 1;
      if (closed !== undefined) visitor.close(closed.notes, top?.notes ?? null, closed.start, at);
    } else if (byte === quote) {
      const end = endOfString(json, at);
      if (top !== undefined) takeString(json, top, visitor, at, end);
      at = end;
    } else if (byte === 0x2c) {
      if (top !== undefined) top.awaitsKey = !top.isList;
      at += 1;
    } else if (byte === undefined || byte === 0x3a || byte <= 0x20) at += 1;
    else {
      const end = endOfLiteral(json, at);
      if (top !== undefined) visitor.literal?.(top.notes, top.key, at, end);
      at = end;
    }
  }
}

/** What a string says, its escapes resolved. */
export function stringAt(json: Buffer, start: number, end: number): string {
  const written = json.toString('utf8', start + 1, end - 1);
  if (!written.includes('\\')) return written;
  const said: unknown = JSON.parse(`"${written}"`);
  return typeof said === 'string' ? said : written;
}

function takeString<Notes>(
  json: Buffer,
  frame: Frame<Notes>,
  visitor: JsonVisitor<Notes>,
  start: number,
  end: number,
): void {
  if (!frame.awaitsKey) {
    visitor.text(frame.notes, frame.key, start, end);
    return;
  }
  frame.key = stringAt(json, start, end);
  frame.awaitsKey = false;
  visitor.key?.(frame.notes, frame.key, start, end);
}

function endOfString(json: Buffer, start: number): number {
  let from = start + 1;
  for (;;) {
    const found = json.indexOf(quote, from);
    if (found < 0) throw new Error('A string without an end in what should be JSON.');
    let before = found - 1;
    while (before > start && json[before] === backslash) before -= 1;
    if ((found - 1 - before) % 2 === 0) return found + 1;
    from = found + 1;
  }
}

function endOfLiteral(json: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const byte = json[at];
    if (byte === undefined || byte <= 0x20 || byte === 0x2c || byte === 0x5d || byte === 0x7d) return at;
    at += 1;
  }
}
