/** Where one member of a JSON object stands: offsets in bytes, ends exclusive. */
export interface Member {
  /** The key as parsed, escapes resolved. */
  readonly key: string;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** The members of an object, and where its closing brace stands. */
export interface Members {
  readonly list: readonly Member[];
  readonly close: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Finds the members of the outermost object of a JSON text, every one, doubled keys included. The text must have passed
 * `JSON.parse` and be an object: nothing is checked here. Depth-aware, so that `"model"` inside a message is no member.
 * `from` is where an inner object begins, for the members of that.
 */
export function findMembers(json: Buffer, from = 0): Members {
  const list: Member[] = [];
  let at = json.indexOf(openBrace, from) + 1;
  for (;;) {
    at = skipSpace(json, at);
    if (json[at] === closeBrace) return { list, close: at };
    if (json[at] === comma) at = skipSpace(json, at + 1);
    const keyEnd = endOfString(json, at);
    const key = keyOf(json, at, keyEnd);
    at = skipSpace(json, keyEnd);
    if (json[at] !== colon) throw new Error(`A member without a colon at byte ${at} of what should be JSON.`);
    const valueStart = skipSpace(json, at + 1);
    const valueEnd = endOfValue(json, valueStart);
    list.push({ key, valueStart, valueEnd });
    at = valueEnd;
  }
}

/**
 * The same object with members set to other JSON texts; every other byte stays. A key that stands twice is set in both
 * places, since readers differ on which one counts; a key that is missing is added at the end.
 */
export function setMembers(
  json: Buffer,
  { list, close }: Members,
  changes: ReadonlyMap<string, string>,
): Buffer {
  const parts: Buffer[] = [];
  const missing = new Set(changes.keys());
  let copied = 0;
  for (const { key, valueStart, valueEnd } of list) {
    const value = changes.get(key);
    if (value === undefined) continue;
    parts.push(json.subarray(copied, valueStart), Buffer.from(value));
    copied = valueEnd;
    missing.delete(key);
  }
  parts.push(json.subarray(copied, close));
  let first = list.length === 0;
  for (const key of missing) {
    parts.push(Buffer.from(`${first ? '' : ','}${JSON.stringify(key)}:${changes.get(key)}`));
    first = false;
  }
  parts.push(json.subarray(close));
  return Buffer.concat(parts);
}

function keyOf(json: Buffer, start: number, end: number): string {
  const written = json.toString('utf8', start + 1, end - 1);
  if (!written.includes('\\')) return written;
  const key: unknown = JSON.parse(`"${written}"`);
  return typeof key === 'string' ? key : written;
}

function skipSpace(json: Buffer, from: number): number {
  let at = from;
  for (;;) {
    const byte = json[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at += 1;
  }
}

/** Behind the closing quote of the string that opens at `start`. */
function endOfString(json: Buffer, start: number): number {
  let at = start + 1;
  for (let steps = 0; steps < 64; steps += 1) {
    const byte = json[at];
    if (byte === quote) return at + 1;
    at += byte === backslash ? 2 : 1;
  }
  return endOfLongString(json, at);
}

/** Long strings (prompts) are searched natively: a quote counts when an even number of backslashes stands before it. */
function endOfLongString(json: Buffer, start: number): number {
  let from = start;
  for (;;) {
    const found = json.indexOf(quote, from);
    if (found < 0) throw new Error('A string without an end in what should be JSON.');
    let before = found - 1;
    while (before >= start && json[before] === backslash) before -= 1;
    if ((found - 1 - before) % 2 === 0) return found + 1;
    from = found + 1;
  }
}

function endOfValue(json: Buffer, start: number): number {
  const first = json[start];
  if (first === quote) return endOfString(json, start);
  if (first === openBrace || first === openBracket) return endOfNested(json, start);
  let at = start;
  for (;;) {
    const byte = json[at];
    if (byte === comma || byte === closeBrace || byte === undefined || byte <= 0x20) return at;
    at += 1;
  }
}

function endOfNested(json: Buffer, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const byte = json[at];
    if (byte === quote) {
      at = endOfString(json, at);
      continue;
    }
    at += 1;
    if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw new Error('A bracket without an end in what should be JSON.');
}
