import { isSignalName, type ValueType, valueTypeOf } from '../signals/index.ts';
import { checkExpression } from './check-expression.ts';
import type { Expr } from './expr.ts';
import { readRow } from './read-row.ts';
import type { Row, RowValue } from './row-operators.ts';

/** Rows that must all be true, or of which one must be; groups may stand in groups. */
export interface RowGroup {
  readonly kind: 'group';
  readonly join: 'all' | 'any';
  readonly rows: readonly (Row | RowGroup)[];
}

/**
 * A condition as rows of the visual builder, or `text` where the builder cannot say it. Rows are only answered when
 * {@link rowsToText} of them reads back as the very same expression, so the builder never changes a meaning.
 */
export function textToRows(
  text: string,
): { readonly kind: 'rows'; readonly group: RowGroup } | { readonly kind: 'text' } {
  const checked = checkExpression(text);
  if (checked.kind === 'bad') return { kind: 'text' };
  const item = readItem(checked.expr);
  if (item === undefined) return { kind: 'text' };
  const group: RowGroup = item.kind === 'group' ? item : { kind: 'group', join: 'all', rows: [item] };
  const again = checkExpression(rowsToText(group));
  return again.kind === 'ok' && isSameExpression(again.expr, checked.expr)
    ? { kind: 'rows', group }
    : { kind: 'text' };
}

/** Rows → CEL. No rows at all ask nothing: `true` for all of none. */
export function rowsToText(group: RowGroup): string {
  const [first, ...rest] = group.rows;
  if (first === undefined) return group.join === 'all' ? 'true' : 'false';
  if (rest.length === 0) return first.kind === 'group' ? rowsToText(first) : rowToText(first);
  const word = group.join === 'all' ? ' && ' : ' || ';
  return group.rows.map((item) => (item.kind === 'group' ? inBrackets(item) : rowToText(item))).join(word);
}

/** Whether two expressions are the same tree; patterns are compared as written. */
export function isSameExpression(left: Expr, right: Expr): boolean {
  return shapeOf(left) === shapeOf(right);
}

function shapeOf(expr: Expr): string {
  return JSON.stringify(expr, (key, value: unknown) =>
    key === 'test' && typeof value === 'function' ? null : value,
  );
}

function inBrackets(group: RowGroup): string {
  return group.rows.length === 1 ? rowsToText(group) : `(${rowsToText(group)})`;
}

function readItem(expr: Expr): Row | RowGroup | undefined {
  if (expr.op === 'literal' && typeof expr.value === 'boolean')
    return { kind: 'group', join: expr.value ? 'all' : 'any', rows: [] };
  if (expr.op !== 'and' && expr.op !== 'or') return readRow(expr);
  const rows: (Row | RowGroup)[] = [];
  for (const part of spine(expr, expr.op)) {
    const item = readItem(part);
    if (item === undefined) return undefined;
    rows.push(item);
  }
  return { kind: 'group', join: expr.op === 'and' ? 'all' : 'any', rows };
}

/** `a && b && c` reads as `(a && b) && c`: the parts down the left side. */
function spine(expr: Expr, op: 'and' | 'or'): readonly Expr[] {
  return expr.op === op && 'left' in expr ? [...spine(expr.left, op), expr.right] : [expr];
}

function rowToText(row: Row): string {
  const subject = subjectText(row);
  const type = isSignalName(row.signal) ? valueTypeOf(row.signal) : 'string';
  const value = valueText(row.value, type);
  switch (row.operator) {
    case 'is_true':
      return subject;
    case 'is_false':
      return `!${subject}`;
    case 'in':
      return `${subject} in ${value}`;
    case 'not_in':
      return `!(${subject} in ${value})`;
    case 'has':
      return `${value} in ${subject}`;
    case 'not_has':
      return `!(${value} in ${subject})`;
    case 'exists':
      return existsText(row);
    case 'not_exists':
      return isPlainName(row.key ?? '') ? `!${existsText(row)}` : `!(${existsText(row)})`;
    case 'contains':
    case 'matches':
      return `${subject}.${row.operator}(${value})`;
    case 'not_contains':
      return `!${subject}.contains(${value})`;
    case 'not_matches':
      return `!${subject}.matches(${value})`;
    case 'starts_with':
      return `${subject}.startsWith(${value})`;
    case 'not_starts_with':
      return `!${subject}.startsWith(${value})`;
    case 'ends_with':
      return `${subject}.endsWith(${value})`;
    case 'not_ends_with':
      return `!${subject}.endsWith(${value})`;
    default:
      return `${subject} ${row.operator} ${value}`;
  }
}

const reserved = new Set(
  'as break const continue else false for function if import in let loop namespace null package return true var void while'.split(
    ' ',
  ),
);

function isPlainName(key: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !reserved.has(key);
}

function subjectText({ signal, key }: Row): string {
  if (key === undefined) return signal;
  return isPlainName(key) ? `${signal}.${key}` : `${signal}[${JSON.stringify(key)}]`;
}

/** `has()` takes a plain field only. */
function existsText({ signal, key = '' }: Row): string {
  return isPlainName(key) ? `has(${signal}.${key})` : `${JSON.stringify(key)} in ${signal}`;
}

function valueText(value: RowValue, type: ValueType): string {
  if (value === null)
    return type === 'string' || type === 'string_list' || type === 'string_map' ? '""' : numberText(0, type);
  if (typeof value === 'number') return numberText(value, type);
  if (typeof value === 'string') return JSON.stringify(value);
  return `[${value.map((item) => (typeof item === 'number' ? numberText(item, type) : JSON.stringify(item))).join(', ')}]`;
}

/** CEL keeps whole and decimal numbers apart, so a decimal always has its point. */
function numberText(value: number, type: ValueType): string {
  if (type !== 'double' && type !== 'double_map') return String(Math.trunc(value));
  const text = String(value);
  return Number.isInteger(value) && !/[.e]/.test(text) ? `${text}.0` : text;
}
