import type { DuckDBConnection } from '@duckdb/node-api';
import {
  type RecordColumn,
  type RequestRecord,
  recordColumns,
  type ValueType,
} from '#engine/signals/index.ts';
import { isStoredAsJson } from './records-table.ts';

/** How one column is fetched: numbers as doubles (NaN unknown), truth as 0, 1 and 2, texts as codes or as texts. */
export interface ColumnPlan {
  readonly name: keyof RequestRecord;
  readonly valueType: ValueType;
  /** SQL over the statement's row that gives what `as` says, never NULL but for texts. */
  readonly expression: string;
  readonly as: 'number' | 'bool' | 'codes' | 'text';
  /** With `codes`: the text of every code from 1 on. */
  readonly texts: readonly string[];
  /** The numbers come as doubles and must turn out whole. */
  readonly mustBeWhole: boolean;
}

/** A column of a record file or table holds values of a wrong type. */
export class ColumnTypeError extends Error {
  readonly column: string;
  constructor(column: string, message: string) {
    super(message);
    this.name = 'ColumnTypeError';
    this.column = column;
  }
}

/** Up to so many different texts DuckDB numbers them itself, which saves reading one text a row. */
const mostCodes = 1_000;

const integerType = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;
const doubleType = /^(DOUBLE|FLOAT|DECIMAL\(.*\))$/;
const textType = /^(VARCHAR|UUID|ENUM\(.*\))$/s;

const fits: Readonly<Record<ValueType, (type: string) => boolean>> = {
  int: (type) => integerType.test(type) || doubleType.test(type),
  double: (type) => integerType.test(type) || doubleType.test(type),
  bool: (type) => type === 'BOOLEAN',
  string: (type) => textType.test(type),
  // JSON text stands for a list or a map too.
  string_list: (type) => /^(VARCHAR\[\]|JSON|VARCHAR)$/.test(type),
  string_map: (type) => /^(MAP\(VARCHAR, VARCHAR\)|JSON|VARCHAR)$/.test(type),
  double_map: (type) => {
    const numbers = /^MAP\(VARCHAR, (.+)\)$/.exec(type)?.[1];
    if (numbers === undefined) return type === 'JSON' || type === 'VARCHAR';
    return integerType.test(numbers) || doubleType.test(numbers);
  },
};

const wanted: Readonly<Record<ValueType, string>> = {
  int: 'whole numbers',
  double: 'numbers',
  bool: 'true or false',
  string: 'texts',
  string_list: 'lists of texts',
  string_map: 'maps of texts to texts',
  double_map: 'maps of texts to numbers',
};

interface Found {
  readonly column: RecordColumn;
  readonly type: string;
  readonly quoted: string;
}

/** Which record columns a statement selects, how many rows it has, and how each column is best fetched. */
export async function planColumns(
  connection: DuckDBConnection,
  sql: string,
): Promise<{ readonly rows: number; readonly plans: readonly ColumnPlan[] }> {
  const found = await findColumns(connection, sql);
  const counts = found.map(({ quoted }, index) => `count(${quoted}) AS n${index}`);
  const kinds = found.map(({ column, quoted, type }, index) =>
    isText(column.valueType)
      ? `approx_count_distinct(${textOf(column, type, quoted)}) AS d${index}`
      : `0 AS d${index}`,
  );
  const reader = await connection.runAndReadAll(
    `SELECT count(*) AS total${[...counts, ...kinds].map((one) => `, ${one}`).join('')} FROM (${sql})`,
  );
  const statistics = reader.getRowObjects()[0] ?? {};
  const plans: ColumnPlan[] = [];
  for (const [index, one] of found.entries()) {
    if (Number(statistics[`n${index}`]) === 0) continue;
    requireType(one);
    plans.push(await planColumn(connection, sql, one, Number(statistics[`d${index}`])));
  }
  return { rows: Number(statistics.total), plans };
}

async function findColumns(connection: DuckDBConnection, sql: string): Promise<readonly Found[]> {
  const described = await connection.runAndReadAll(`DESCRIBE ${sql}`);
  const types = new Map(
    described.getRowObjects().map((row) => [String(row.column_name), String(row.column_type)]),
  );
  return recordColumns.flatMap((column) => {
    const type = types.get(column.name);
    return type === undefined ? [] : [{ column, type, quoted: `"${column.name}"` }];
  });
}

function requireType({ column, type }: Found): void {
  if (fits[column.valueType](type)) return;
  const shown = type.length > 60 ? `${type.slice(0, 60)}…` : type;
  throw new ColumnTypeError(
    column.name,
    `Column "${column.name}" holds ${shown}; it must hold ${wanted[column.valueType]}. ${column.meaning}`,
  );
}

async function planColumn(
  connection: DuckDBConnection,
  sql: string,
  { column, type, quoted }: Found,
  distinct: number,
): Promise<ColumnPlan> {
  const common = { name: column.name, valueType: column.valueType, texts: [], mustBeWhole: false };
  if (column.valueType === 'bool') {
    return { ...common, as: 'bool', expression: `coalesce(${quoted}::UTINYINT, 2::UTINYINT)` };
  }
  if (!isText(column.valueType)) {
    const mustBeWhole = column.valueType === 'int' && !integerType.test(type);
    return { ...common, mustBeWhole, as: 'number', expression: `coalesce(${quoted}::DOUBLE, 'NaN'::DOUBLE)` };
  }
  const text = textOf(column, type, quoted);
  if (distinct > mostCodes) return { ...common, as: 'text', expression: text };
  const texts = await distinctTexts(connection, sql, text);
  // A NUL would end the statement's text.
  if (texts.some((one) => one.includes('\0'))) return { ...common, as: 'text', expression: text };
  const values = texts.map((one) => `'${one.replaceAll("'", "''")}'`).join(', ');
  const expression = `coalesce(enum_code(${text}::ENUM(${values}))::UINTEGER + 1, 0)::UINTEGER`;
  return { ...common, as: 'codes', texts, expression };
}

async function distinctTexts(
  connection: DuckDBConnection,
  sql: string,
  text: string,
): Promise<readonly string[]> {
  const reader = await connection.runAndReadAll(
    `SELECT DISTINCT ${text} AS text FROM (${sql}) WHERE text IS NOT NULL ORDER BY text`,
  );
  return reader.getRows().map(([value]) => String(value));
}

/** A text as it is, a list or a map as JSON text. */
function textOf({ valueType }: RecordColumn, type: string, quoted: string): string {
  const isJson = valueType === 'string' || type === 'VARCHAR' || type === 'JSON';
  return isJson ? `${quoted}::VARCHAR` : `to_json(${quoted})::VARCHAR`;
}

function isText(valueType: ValueType): boolean {
  return valueType === 'string' || isStoredAsJson(valueType);
}
