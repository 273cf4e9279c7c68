import { readFile, stat } from 'node:fs/promises';
import { LogFileError, type LogFormat, type Row, RowProblem } from './foreign-request.ts';
import { isRow } from './read-field.ts';
import { readLines } from './read-lines.ts';
import { splitCsv } from './split-csv.ts';

/** One row of a foreign log, or why the line is none. `bytes` counts what was read so far. */
export type ReadRow = { readonly line: number; readonly bytes: number } & (
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'broken'; readonly problem: string }
);

/** The rows of a log: CSV where the format has columns or the file is named so, else JSON lines or one JSON document. */
export async function* readRows(path: string, format: LogFormat): AsyncGenerator<ReadRow, void, undefined> {
  const isCsv =
    /\.csv$/i.test(path) || (format.csvColumns.length > 0 && !/\.(json|jsonl|ndjson)$/i.test(path));
  if (isCsv) {
    yield* readCsv(path, format);
    return;
  }
  const whole = await readDocument(path);
  if (whole === undefined) yield* readJsonLines(path, format);
  else yield* readValues(whole, format, 1, (await stat(path)).size);
}

async function* readCsv(path: string, format: LogFormat): AsyncGenerator<ReadRow, void, undefined> {
  let names: readonly string[] | undefined;
  for await (const { number: line, text, bytes } of readLines(path)) {
    if (text.trim() === '') continue;
    const fields = splitCsv(text);
    if (names === undefined) {
      names = fields.map((name) => name.trim());
      requireColumns(path, format, names);
    } else if (fields.length !== names.length) {
      const problem = `has ${fields.length} fields where the first line names ${names.length}.`;
      yield { kind: 'broken', line, bytes, problem };
    } else {
      const row = Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
      yield { kind: 'row', line, bytes, row };
    }
  }
}

function requireColumns(path: string, format: LogFormat, names: readonly string[]): void {
  const missing = format.csvColumns.filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  throw new LogFileError(
    `${path} is no ${format.name} log: its first line has no ${missing.map((name) => `"${name}"`).join(', ')}. It names ${names.slice(0, 12).join(', ')}.`,
  );
}

async function* readJsonLines(path: string, format: LogFormat): AsyncGenerator<ReadRow, void, undefined> {
  for await (const { number: line, text, bytes } of readLines(path)) {
    if (text.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      yield {
        kind: 'broken',
        line,
        bytes,
        problem: `is not JSON: ${error instanceof Error ? error.message : ''}`,
      };
      continue;
    }
    yield* readValues(value, format, line, bytes);
  }
}

function* readValues(value: unknown, format: LogFormat, line: number, bytes: number): Generator<ReadRow> {
  for (const item of unpack(value, format)) {
    yield isRow(item)
      ? { kind: 'row', line, bytes, row: item }
      : { kind: 'broken', line, bytes, problem: 'must be a JSON object.' };
  }
}

function unpack(value: unknown, format: LogFormat): readonly unknown[] {
  if (format.unpack !== undefined) return format.unpack(value);
  return Array.isArray(value) ? value : [value];
}

/** The file as one JSON value where it is one over several lines; `undefined` where its lines stand for themselves. */
async function readDocument(path: string): Promise<unknown> {
  for await (const { text } of readLines(path)) {
    if (text.trim() === '') continue;
    if (isJson(text) || !/^\s*[[{]/.test(text)) return undefined;
    break;
  }
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Reads one row by its format; a {@link RowProblem} becomes its message. */
export function readRow<T>(
  read: () => T,
): { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'broken'; readonly problem: string } {
  try {
    return { kind: 'ok', value: read() };
  } catch (error) {
    if (error instanceof RowProblem) return { kind: 'broken', problem: error.message };
    throw error;
  }
}
