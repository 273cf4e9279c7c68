import type { Comparison, Expr } from '../../expression/index.ts';
import type { Domain, Restriction } from './domain.ts';
import { eitherTruth } from './domain.ts';
import { naturalDomain } from './natural-domain.ts';
import { compared, join, type NumberSet } from './number-set.ts';

/** A test of one fact: which, what it can be, and of which of its values the test holds. */
export interface Atom {
  /** The signal, the entry of a map, or the test itself, as text: equal keys are equal facts. */
  readonly key: string;
  readonly natural: Domain;
  readonly restriction: Restriction;
}

/**
 * Reads a part of a condition that is neither and, or nor not. What cannot be seen through is a fact of its own, true or
 * false: asked twice, it answers the same.
 */
export function atomOf(expr: Expr): Atom {
  return comparisonOf(expr) ?? membershipOf(expr) ?? truthOf(expr) ?? opaque(expr);
}

function comparisonOf(expr: Expr): Atom | undefined {
  if (expr.op !== 'compare') return undefined;
  const { left, right, by } = expr;
  if (right.op === 'literal') return compareWith(left, by, right);
  return left.op === 'literal' ? compareWith(right, turned[by], left) : undefined;
}

const turned: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function compareWith(
  fact: Expr,
  by: Comparison,
  literal: Extract<Expr, { op: 'literal' }>,
): Atom | undefined {
  const place = placeOf(fact);
  if (place === undefined) return undefined;
  const { value } = literal;
  if (typeof value === 'number' && isNumber(fact))
    return { ...place, restriction: { kind: 'numbers', set: compared(by, value) } };
  const isValue = typeof value === 'string' || typeof value === 'boolean';
  return isValue && by === '==' ? { ...place, restriction: { kind: 'values', items: [value] } } : undefined;
}

function membershipOf(expr: Expr): Atom | undefined {
  if (expr.op !== 'in' || expr.collection.op !== 'list') return undefined;
  const place = placeOf(expr.item);
  if (place === undefined) return undefined;
  const items = expr.collection.items.map((item) => (item.op === 'literal' ? item.value : undefined));
  if (items.every((item) => typeof item === 'string'))
    return { ...place, restriction: { kind: 'values', items } };
  if (!items.every((item) => typeof item === 'number')) return undefined;
  const set = items.reduce<NumberSet>((all, item) => join(all, compared('==', item)), []);
  return { ...place, restriction: { kind: 'numbers', set } };
}

/** `request.stream` on its own. */
function truthOf(expr: Expr): Atom | undefined {
  if (expr.op !== 'signal' || expr.type !== 'bool') return undefined;
  return {
    key: expr.name,
    natural: naturalDomain('bool', expr.name),
    restriction: { kind: 'values', items: [true] },
  };
}

function opaque(expr: Expr): Atom {
  return {
    key: shapeOf(expr),
    natural: { values: eitherTruth, mayBeUnknown: true },
    restriction: { kind: 'values', items: [true] },
  };
}

/** The fact a text or number stands for: a signal, or the entry of one under a fixed key. */
export function placeOf(expr: Expr): Pick<Atom, 'key' | 'natural'> | undefined {
  if (expr.op === 'signal') return { key: expr.name, natural: naturalDomain(expr.type, expr.name) };
  if (expr.op !== 'entry' || expr.map.op !== 'signal' || expr.key.op !== 'literal') return undefined;
  return { key: entryKey(expr.map.name, String(expr.key.value)), natural: naturalDomain(expr.type) };
}

/** `classifiers.label["intent"]`. */
export function entryKey(map: string, key: string): string {
  return `${map}[${JSON.stringify(key)}]`;
}

function isNumber({ type }: Expr): boolean {
  return type === 'int' || type === 'double';
}

function shapeOf(expr: Expr): string {
  return JSON.stringify(expr, (key, value: unknown) =>
    key === 'test' && typeof value === 'function' ? null : value,
  );
}
