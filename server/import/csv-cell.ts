import { isOfType } from '#engine/signals/index.ts';
import { csvColumns, type Unit } from './csv-columns.ts';
import type { ColumnSource } from './csv-mapping.ts';
import { type Row, RowProblem } from './foreign-request.ts';
import { numberIn, parseJsonText, timeIn } from './read-field.ts';

/** The value of one mapped column in one row, in the record's own unit; `null` where the row says nothing. */
export function readCell(row: Row, { name, column, unit, otherwise }: ColumnSource): unknown {
  const cell = column === null ? '' : String(row[column] ?? '').trim();
  const value = cell === '' ? otherwise : cell;
  if (value === null || value === '') return null;
  const known = csvColumns.get(name);
  const place = column ?? name;
  const one: Row = { [place]: value };
  if (name === 'time.at') return readTime(one, place, unit);
  switch (known?.type) {
    case 'int':
      return whole(numberIn(one, place), place, value);
    case 'double':
      return scaled(numberIn(one, place), name, unit ?? known.units[0] ?? null);
    case 'bool':
      return readFlag(value, place);
    case 'string_list':
      return readList(value);
    case 'string_map':
    case 'double_map':
      return readMap(value, place, known.type);
    default:
      return value;
  }
}

function readTime(row: Row, name: string, unit: Unit | null): number | null {
  if (unit === null || unit === 'iso') return timeIn(row, name);
  const value = numberIn(row, name);
  return value === null ? null : Math.round(value * (inMs[unit] ?? 1));
}

const inMs: Partial<Record<Unit, number>> = { ms: 1, s: 1_000, us: 1e-3, ns: 1e-6 };
const inNanoUsd: Partial<Record<Unit, number>> = { nano_usd: 1, usd: 1e9, cents: 1e7 };

function scaled(value: number | null, name: string, unit: Unit | null): number | null {
  if (value === null || unit === null) return value;
  return name === 'cost.nano_usd' ? Math.round(value * (inNanoUsd[unit] ?? 1)) : value * (inMs[unit] ?? 1);
}

function whole(value: number | null, name: string, shown: string): number | null {
  if (value === null || (Number.isSafeInteger(value) && value >= 0)) return value;
  throw new RowProblem(`"${name}" must be a whole number, 0 or more, not ${JSON.stringify(shown)}.`);
}

function readFlag(value: string, name: string): boolean {
  if (/^(true|t|yes|y|1)$/i.test(value)) return true;
  if (/^(false|f|no|n|0)$/i.test(value)) return false;
  throw new RowProblem(`"${name}" must be true or false, not ${JSON.stringify(value)}.`);
}

/** JSON, or texts with semicolons or bars between them. */
function readList(value: string): readonly string[] {
  const json = value.startsWith('[') ? parseJsonText(value) : null;
  if (isOfType(json, 'string_list')) return json as readonly string[];
  return value
    .split(/[;|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function readMap(value: string, name: string, type: 'string_map' | 'double_map'): unknown {
  const json = parseJsonText(value);
  if (isOfType(json, type)) return json;
  throw new RowProblem(`"${name}" must be a JSON object, not ${JSON.stringify(value.slice(0, 40))}.`);
}
