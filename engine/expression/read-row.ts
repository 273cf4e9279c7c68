import type { ValueType } from '../signals/index.ts';
import type { Expr, Method } from './expr.ts';
import type { Row, RowOperatorId, RowValue } from './row-operators.ts';

/** One expression without `&&` and `||` as a row; `undefined` when the builder has no row for it. */
export function readRow(expr: Expr): Row | undefined {
  if (expr.op === 'not') return negated(readRow(expr.of));
  switch (expr.op) {
    case 'signal':
      return expr.type === 'bool' ? row({ signal: expr.name }, 'is_true', null) : undefined;
    case 'compare':
      return withLiteral(expr.left, expr.by, expr.right);
    case 'in':
      return readIn(expr.item, expr.collection);
    case 'has':
      return expr.map.op === 'signal'
        ? row({ signal: expr.map.name, key: expr.key }, 'exists', null)
        : undefined;
    case 'call':
      return readCall(expr.method, expr.args);
    case 'matches': {
      const subject = subjectOf(expr.text);
      return subject === undefined ? undefined : row(subject, 'matches', expr.pattern.source);
    }
    default:
      return undefined;
  }
}

type Subject = Pick<Row, 'signal' | 'key'>;

function row(subject: Subject, operator: RowOperatorId, value: RowValue): Row {
  return { kind: 'row', ...subject, operator, value };
}

/** A signal that one value can be compared with, or the value of a map's key. */
function subjectOf(expr: Expr): Subject | undefined {
  if (expr.op === 'signal' && scalar.includes(expr.type)) return { signal: expr.name };
  if (expr.op !== 'entry' || expr.map.op !== 'signal' || expr.key.op !== 'literal') return undefined;
  return typeof expr.key.value === 'string' ? { signal: expr.map.name, key: expr.key.value } : undefined;
}

const scalar: readonly ValueType[] = ['int', 'double', 'string'];

function withLiteral(left: Expr, operator: RowOperatorId, right: Expr | undefined): Row | undefined {
  const subject = subjectOf(left);
  const value = right === undefined ? undefined : literalOf(right);
  return subject === undefined || value === undefined ? undefined : row(subject, operator, value);
}

function literalOf(expr: Expr): number | string | undefined {
  if (expr.op === 'negate') {
    const value = literalOf(expr.of);
    return typeof value === 'number' ? -value : undefined;
  }
  if (expr.op !== 'literal') return undefined;
  return typeof expr.value === 'number' || typeof expr.value === 'string' ? expr.value : undefined;
}

function readIn(item: Expr, collection: Expr): Row | undefined {
  if (collection.op === 'signal') {
    const value = literalOf(item);
    if (typeof value !== 'string') return undefined;
    if (collection.type === 'string_list') return row({ signal: collection.name }, 'has', value);
    return row({ signal: collection.name, key: value }, 'exists', null);
  }
  const subject = subjectOf(item);
  if (subject === undefined || collection.op !== 'list') return undefined;
  const values = collection.items.map(literalOf);
  if (values.every((value) => typeof value === 'string')) return row(subject, 'in', values);
  if (values.every((value) => typeof value === 'number')) return row(subject, 'in', values);
  return undefined;
}

const callOperators: Partial<Record<Method, RowOperatorId>> = {
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  contains: 'contains',
};

function readCall(method: Method, [subject, value]: readonly Expr[]): Row | undefined {
  const operator = callOperators[method];
  return operator === undefined || subject === undefined ? undefined : withLiteral(subject, operator, value);
}

const opposites: Partial<Record<RowOperatorId, RowOperatorId>> = {
  is_true: 'is_false',
  in: 'not_in',
  has: 'not_has',
  exists: 'not_exists',
  contains: 'not_contains',
  matches: 'not_matches',
  starts_with: 'not_starts_with',
  ends_with: 'not_ends_with',
};

function negated(positive: Row | undefined): Row | undefined {
  const operator = positive === undefined ? undefined : opposites[positive.operator];
  return positive === undefined || operator === undefined ? undefined : { ...positive, operator };
}
