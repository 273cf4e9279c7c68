import type { DuckDBVector } from '@duckdb/node-api';
import { isOfType, type RequestRecord, type SignalValue, type ValueType } from '#engine/signals/index.ts';
import type { Column } from '#engine/simulate/columns.ts';
import { narrow } from '#engine/simulate/columns-from-records.ts';
import { type ColumnPlan, ColumnTypeError } from './plan-columns.ts';

/** Takes one column chunk by chunk. */
export interface ColumnReader {
  readonly name: keyof RequestRecord;
  readonly take: (vector: DuckDBVector, row: number, count: number) => void;
  readonly finish: () => Column;
}

/** Takes one column of texts, many rows at a time. */
export interface TextReader {
  readonly name: keyof RequestRecord;
  /** Texts, or `null`, of the rows from `row` on. */
  readonly takeTexts: (values: readonly unknown[], row: number) => void;
  readonly finish: () => Column;
}

export type TextPlan = ColumnPlan & { readonly as: 'text' };
export type VectorPlan = ColumnPlan & { readonly as: Exclude<ColumnPlan['as'], 'text'> };

export function isTextPlan(plan: ColumnPlan): plan is TextPlan {
  return plan.as === 'text';
}

export function isVectorPlan(plan: ColumnPlan): plan is VectorPlan {
  return plan.as !== 'text';
}

/** A reader with room for `rows` rows. */
export function makeReader(plan: VectorPlan, rows: number): ColumnReader {
  switch (plan.as) {
    case 'number':
      return readNumbers(plan, rows);
    case 'bool': {
      const values = new Uint8Array(rows);
      return {
        name: plan.name,
        take: (vector, row, count) => copyNumbers(vector, values, row, count),
        finish: () => ({ kind: 'bool', values }),
      };
    }
    case 'codes': {
      const codes = new Uint32Array(rows);
      return {
        name: plan.name,
        take: (vector, row, count) => copyNumbers(vector, codes, row, count),
        finish: () => coded(plan, codes, plan.texts),
      };
    }
  }
}

function readNumbers(plan: ColumnPlan, rows: number): ColumnReader {
  const values = new Float64Array(rows);
  return {
    name: plan.name,
    take: (vector, row, count) => copyNumbers(vector, values, row, count),
    finish: () => {
      const broken = plan.mustBeWhole
        ? values.findIndex((value) => value % 1 !== 0 && !Number.isNaN(value))
        : -1;
      if (broken >= 0) {
        throw new ColumnTypeError(
          plan.name,
          `Column "${plan.name}" holds ${values[broken]}; it must hold whole numbers.`,
        );
      }
      return { kind: 'number', values };
    },
  };
}

/** Gives each text a code when it is first met. */
export function makeTextReader(plan: ColumnPlan, rows: number): TextReader {
  const codes = new Uint32Array(rows);
  const known = new Map<string, number>();
  const texts: string[] = [];
  return {
    name: plan.name,
    takeTexts: (values, row) => {
      for (let at = 0; at < values.length; at += 1) {
        const text = values[at];
        if (typeof text !== 'string') continue;
        let code = known.get(text);
        if (code === undefined) {
          code = texts.push(text);
          known.set(text, code);
        }
        codes[row + at] = code;
      }
    },
    finish: () => coded(plan, codes, texts),
  };
}

function coded(plan: ColumnPlan, codes: Uint32Array, texts: readonly string[]): Column {
  const dictionary = [null, ...texts.map((text) => valueOfText(plan, text))];
  return { kind: 'coded', codes: narrow(codes, dictionary.length), dictionary };
}

const jsonExamples: Partial<Record<ValueType, string>> = {
  string_list: '["batch"]',
  string_map: '{"key": "value"}',
  double_map: '{"key": 0.5}',
};

function valueOfText({ name, valueType }: ColumnPlan, text: string): SignalValue {
  if (valueType === 'string') return text;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (isOfType(value, valueType)) return value;
  throw new ColumnTypeError(
    name,
    `Column "${name}" holds ${text}; it must hold JSON such as ${jsonExamples[valueType] ?? '{}'}.`,
  );
}

/**
 * Copies a chunk of a numeric column. DuckDB's vectors lie in typed arrays whose field `items` its types call private:
 * taking it spares a call a value. Where it is not there, values are asked for one by one.
 */
function copyNumbers(
  vector: DuckDBVector,
  to: Float64Array | Uint32Array | Uint8Array,
  row: number,
  count: number,
): void {
  const items: unknown = Reflect.get(vector, 'items');
  if (isNumbers(items) && items.length >= count) {
    to.set(items.length === count ? items : items.subarray(0, count), row);
    return;
  }
  for (let at = 0; at < count; at += 1) to[row + at] = Number(vector.getItem(at));
}

function isNumbers(items: unknown): items is Float64Array | Uint32Array | Uint8Array {
  return items instanceof Float64Array || items instanceof Uint32Array || items instanceof Uint8Array;
}

/** A column of which nothing is known. */
export function unknownColumn(valueType: ValueType, rows: number): Column {
  switch (valueType) {
    case 'int':
    case 'double':
      return { kind: 'number', values: new Float64Array(rows).fill(Number.NaN) };
    case 'bool':
      return { kind: 'bool', values: new Uint8Array(rows).fill(2) };
    case 'string':
    case 'string_list':
    case 'string_map':
    case 'double_map':
      return { kind: 'coded', codes: new Uint8Array(rows), dictionary: [null] };
  }
}
