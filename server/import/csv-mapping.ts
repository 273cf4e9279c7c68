import { nearest } from '#engine/nearest.ts';
import { type ColumnName, csvColumnNames, csvColumns, type Unit } from './csv-columns.ts';
import { isRow } from './read-field.ts';

/** Where a column of a record comes from: a column of the file, with its unit, or a value for all rows. */
export interface ColumnSource {
  readonly name: ColumnName;
  /** `null`: the default stands in every row. */
  readonly column: string | null;
  readonly unit: Unit | null;
  /** Taken where the file says nothing. */
  readonly otherwise: string | null;
}

export type ParsedMapping =
  | { readonly kind: 'ok'; readonly sources: readonly ColumnSource[] }
  /** One sentence: what is wrong, and what would be right. */
  | { readonly kind: 'bad'; readonly message: string };

/** Reads `name=column[:unit][|default],…`, or a JSON object of `name: column` or `name: { column, unit, default }`. */
export function parseMapping(text: string): ParsedMapping {
  const parts = text.trim().startsWith('{') ? fromJson(text) : fromPairs(text);
  if (typeof parts === 'string') return { kind: 'bad', message: parts };
  if (parts.length === 0) return { kind: 'bad', message: 'It maps nothing.' };
  const sources: ColumnSource[] = [];
  for (const part of parts) {
    const source = checked(part);
    if (typeof source === 'string') return { kind: 'bad', message: source };
    if (sources.some(({ name }) => name === source.name))
      return { kind: 'bad', message: `"${source.name}" is mapped twice.` };
    sources.push(source);
  }
  return { kind: 'ok', sources };
}

interface Part {
  readonly name: string;
  readonly column: string | null;
  readonly unit: string | null;
  readonly otherwise: string | null;
}

function fromPairs(text: string): readonly Part[] | string {
  const parts: Part[] = [];
  for (const pair of text.split(',').filter((one) => one.trim() !== '')) {
    const equals = pair.indexOf('=');
    if (equals < 1) return `"${pair.trim()}" must be name=column, such as usage.input_tokens=prompt_tokens.`;
    const [source = '', ...defaults] = pair.slice(equals + 1).split('|');
    const colon = source.lastIndexOf(':');
    const column = (colon < 0 ? source : source.slice(0, colon)).trim();
    parts.push({
      name: pair.slice(0, equals).trim(),
      column: column === '' ? null : column,
      unit: colon < 0 ? null : source.slice(colon + 1).trim(),
      otherwise: defaults.length === 0 ? null : defaults.join('|').trim(),
    });
  }
  return parts;
}

function fromJson(text: string): readonly Part[] | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `The mapping is not JSON: ${error instanceof Error ? error.message : ''}.`;
  }
  if (!isRow(value)) return 'The mapping must be an object.';
  return Object.entries(value).map(([name, source]) => {
    if (typeof source === 'string') return { name, column: source, unit: null, otherwise: null };
    const { column = null, unit = null, default: otherwise = null } = isRow(source) ? source : {};
    return { name, column: textOf(column), unit: textOf(unit), otherwise: textOf(otherwise) };
  });
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function checked({ name, column, unit, otherwise }: Part): ColumnSource | string {
  const known = csvColumns.get(name);
  if (known === undefined) {
    const near = nearest(name, csvColumnNames);
    return `There is no column "${name}".${near === undefined ? '' : ` Did you mean ${near}?`} There are: ${csvColumnNames.join(', ')}.`;
  }
  if (column === null && otherwise === null)
    return `"${name}" needs a column of the file, or a default after |.`;
  const found = unit === null ? null : known.units.find((one) => one === unit);
  if (found === undefined) {
    const units = known.units.length === 0 ? 'It takes none.' : `It takes ${known.units.join(', ')}.`;
    return `"${name}" cannot be read as "${unit}". ${units}`;
  }
  return { name: known.name, column, unit: found, otherwise };
}
