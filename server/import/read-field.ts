import { type Row, RowProblem } from './foreign-request.ts';

/** A whole number, 0 or more; `null` when it is missing or empty. Numbers may be written as text, as CSV does. */
export function countIn(row: Row, name: string): number | null {
  const value = numberIn(row, name);
  if (value === null) return null;
  // Data frames write whole numbers with gaps as 12.0.
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new RowProblem(`"${name}" must be a whole number, 0 or more, not ${show(row[name])}.`);
}

/** Like {@link countIn}, for a row that says nothing without it. */
export function neededCount(row: Row, name: string): number {
  const value = countIn(row, name);
  if (value === null) throw new RowProblem(`"${name}" is missing.`);
  return value;
}

export function numberIn(row: Row, name: string): number | null {
  const value = row[name];
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new RowProblem(`"${name}" must be a number, not ${show(value)}.`);
}

/** A text; `null` when it is missing or empty. */
export function textIn(row: Row, name: string): string | null {
  const value = row[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * A time in ms since 1970: seconds since 1970 as a number, or ISO 8601 with or without the T, taken as UTC where it names
 * no zone.
 */
export function timeIn(row: Row, name: string): number | null {
  const value = row[name];
  if (value === undefined || value === null || value === '') return null;
  const seconds =
    typeof value === 'number' ? value : /^\d+(\.\d+)?$/.test(String(value)) ? Number(value) : null;
  const at = seconds === null ? Date.parse(isoOf(String(value))) : seconds * 1_000;
  if (Number.isFinite(at) && Math.abs(at) < 8.64e15) return Math.round(at);
  throw new RowProblem(`"${name}" must be a time such as 2026-11-22T14:00:00Z, not ${show(value)}.`);
}

/** Dates parse with three decimals of a second and a zone; logs have up to nine decimals and often no zone. */
function isoOf(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?\s*(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/.exec(
    text.trim(),
  );
  if (match === null) return 'not a time';
  const [, day, clock, fraction = '', zone = 'Z'] = match;
  const offset = zone === 'UTC' ? 'Z' : /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone;
  return `${day}T${clock}${fraction.slice(0, 4)}${offset}`;
}

/** An object inside a row, also where it stands as JSON text; empty when there is none. */
export function objectIn(row: Row, name: string): Row {
  const value = parseJsonText(row[name]);
  return isRow(value) ? value : {};
}

/** A list of texts inside a row; `null` when there is none. */
export function textsIn(row: Row, name: string): readonly string[] | null {
  const value = parseJsonText(row[name]);
  if (!Array.isArray(value)) return null;
  return value.filter((item) => typeof item === 'string');
}

/** The JSON value that a text stands for; anything else as it is, `null` for a text that is not JSON. */
export function parseJsonText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
