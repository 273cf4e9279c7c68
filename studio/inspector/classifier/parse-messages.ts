/** A message to try, and the label it should get where the author says so. */
export interface BenchMessage {
  readonly text: string;
  readonly expected: string | null;
}

export interface ParsedMessages {
  readonly messages: readonly BenchMessage[];
  /** What could not be read, said to the author; `null` where all was. */
  readonly problem: string | null;
}

const textNames = ['text', 'message', 'utterance', 'prompt', 'content'];
const labelNames = ['label', 'expected', 'intent', 'class'];
/** As many as the server takes. */
export const mostMessages = 1_000;
const mostCharacters = 20_000;

/**
 * Reads what was pasted: JSON Lines where the first line is an object, CSV (or tab-separated) where the first line names a
 * text and a label column, else a message a line.
 */
export function parseMessages(pasted: string): ParsedMessages {
  const first = pasted.trimStart().split('\n', 1)[0] ?? '';
  const read = first.startsWith('{') ? readJsonLines(pasted) : (readTable(pasted) ?? readLines(pasted));
  const long = read.messages.findIndex(({ text }) => text.length > mostCharacters);
  if (long >= 0)
    return {
      messages: read.messages.filter(({ text }) => text.length <= mostCharacters).slice(0, mostMessages),
      problem: `Message ${long + 1} is longer than ${mostCharacters.toLocaleString('en')} characters and is left out.`,
    };
  if (read.messages.length <= mostMessages) return read;
  return {
    messages: read.messages.slice(0, mostMessages),
    problem: `Only the first ${mostMessages.toLocaleString('en')} of ${read.messages.length.toLocaleString('en')} messages are tried.`,
  };
}

function readLines(pasted: string): ParsedMessages {
  const texts = pasted.split(/\r?\n/).map((line) => line.trim());
  return {
    messages: texts.filter((text) => text !== '').map((text) => ({ text, expected: null })),
    problem: null,
  };
}

function readJsonLines(pasted: string): ParsedMessages {
  const messages: BenchMessage[] = [];
  const bad: number[] = [];
  for (const [index, line] of pasted.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const value = parseJson(line);
    const text = fieldOf(value, textNames);
    if (text === null || text.trim() === '') bad.push(index + 1);
    else messages.push({ text, expected: emptyAsNull(fieldOf(value, labelNames)) });
  }
  const problem =
    bad.length === 0
      ? null
      : `Line ${bad.slice(0, 3).join(', ')}${bad.length > 3 ? ' and more' : ''}: not an object like {"text": "…", "label": "…"}.`;
  return { messages, problem };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, names: readonly string[]): string | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const name of names) {
    const field: unknown = Reflect.get(value, name);
    if (typeof field === 'string') return field;
  }
  return null;
}

/** `undefined` where the first line is not the head of a table. */
function readTable(pasted: string): ParsedMessages | undefined {
  const head = pasted.split(/\r?\n/, 1)[0] ?? '';
  const separator = head.includes('\t') ? '\t' : ',';
  const rows = cellsOf(pasted.trimEnd(), separator);
  const names = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const text = names.findIndex((name) => textNames.includes(name));
  const label = names.findIndex((name) => labelNames.includes(name));
  if (text < 0 || label < 0) return undefined;
  const messages = rows.slice(1).flatMap((cells): BenchMessage[] => {
    const message = (cells[text] ?? '').trim();
    return message === '' ? [] : [{ text: message, expected: emptyAsNull(cells[label] ?? '') }];
  });
  return { messages, problem: null };
}

/** Cells of RFC 4180: quoted ones hold separators, line ends and doubled quotes. */
function cellsOf(table: string, separator: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r?\\n|$)`, 'gy');
  let row: string[] = [];
  for (let at = 0; at <= table.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const found = cell.exec(table);
    // A quote that never ends: the rest is one cell.
    if (found === null) {
      rows.push([...row, table.slice(at)]);
      return rows;
    }
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === separator) continue;
    rows.push(row);
    row = [];
    if (found[3] === '') break;
  }
  return rows;
}

function emptyAsNull(label: string | null): string | null {
  const trimmed = label?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
