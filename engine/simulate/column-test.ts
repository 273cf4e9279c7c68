import { compileTest, compileValue, type Expr, signalsOf } from '../expression/index.ts';
import { type SignalName, type Signals, type SignalValue, signalRegistry, slotOf } from '../signals/index.ts';
import type { CodedColumn, RecordColumns } from './columns.ts';
import { compareColumn, flipped } from './compare-column.ts';
import { signalsCursor } from './signals-at.ts';

/** What a condition answers for every row: 0 false, 1 true, 2 undetermined. */
export type Mask = Uint8Array;

export const undetermined = 2;

/**
 * Evaluates a condition a column at a time. Each part runs the fastest way that gives the scalar evaluator's answer:
 * once for all rows when it reads no signal, once a distinct value when it reads one text, list, map or truth value, as
 * a tight loop when it compares a number with a constant, and by the scalar evaluator itself for everything else.
 */
export function testColumn(expr: Expr, columns: RecordColumns): Mask {
  const names = signalsOf(expr);
  const [name] = names;
  if (name === undefined)
    return new Uint8Array(columns.length).fill(answerOf(compileTest(expr)(noSignals())));
  if (names.length === 1) {
    const byValue = testByValue(expr, name, columns);
    if (byValue !== undefined) return byValue;
  }
  switch (expr.op) {
    case 'and':
      return combine(testColumn(expr.left, columns), testColumn(expr.right, columns), andTable);
    case 'or':
      return combine(testColumn(expr.left, columns), testColumn(expr.right, columns), orTable);
    case 'not':
      return negate(testColumn(expr.of, columns));
    case 'choose':
      return choose(
        testColumn(expr.test, columns),
        testColumn(expr.yes, columns),
        testColumn(expr.no, columns),
      );
    case 'compare':
      return testComparison(expr, columns) ?? testByRow(expr, names, columns);
    case 'in':
      return testMembership(expr, columns) ?? testByRow(expr, names, columns);
    default:
      return testByRow(expr, names, columns);
  }
}

function answerOf(answer: boolean | undefined): number {
  return answer === undefined ? undetermined : Number(answer);
}

function noSignals(): (SignalValue | null)[] & Signals {
  const values: (SignalValue | null)[] = signalRegistry.map(() => null);
  return values as (SignalValue | null)[] & Signals;
}

/** One scalar evaluation a distinct value, for the columns that have few of them. */
function testByValue(expr: Expr, name: SignalName, columns: RecordColumns): Mask | undefined {
  const column = columns.column(name);
  if (column.kind === 'number') return undefined;
  const test = compileTest(expr);
  const signals = noSignals();
  const slot = slotOf(name);
  const values = column.kind === 'bool' ? [false, true, null] : column.dictionary;
  const answers = Uint8Array.from(values, (value) => {
    signals[slot] = value;
    return answerOf(test(signals));
  });
  return lookUp(column.kind === 'bool' ? column.values : column.codes, answers, columns.length);
}

/** `answers[codes[row]]` for every row. */
export function lookUp(codes: CodedColumn['codes'], answers: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let row = 0; row < length; row += 1) out[row] = answers[codes[row] as number] as number;
  return out;
}

function testComparison(expr: Extract<Expr, { op: 'compare' }>, columns: RecordColumns): Mask | undefined {
  const left = numbersOf(expr.left, columns);
  const right = numbersOf(expr.right, columns);
  if (left instanceof Float64Array && typeof right === 'number')
    return compareColumn(expr.by, left, right, columns.length);
  if (typeof left === 'number' && right instanceof Float64Array)
    return compareColumn(flipped[expr.by], right, left, columns.length);
  return undefined;
}

/** The numbers an operand stands for: a column, a constant, or none of both. */
function numbersOf(expr: Expr, columns: RecordColumns): Float64Array | number | undefined {
  if (expr.op === 'signal') {
    const column = columns.column(expr.name);
    return column.kind === 'number' ? column.values : undefined;
  }
  if (signalsOf(expr).length > 0) return undefined;
  const value = compileValue(expr)(noSignals(), '');
  return typeof value === 'number' ? value : undefined;
}

const longestList = 16;

/** A number against a short list of constants: one equality a constant. */
function testMembership(expr: Extract<Expr, { op: 'in' }>, columns: RecordColumns): Mask | undefined {
  const numbers = numbersOf(expr.item, columns);
  if (!(numbers instanceof Float64Array) || expr.collection.op !== 'list') return undefined;
  const { items } = expr.collection;
  if (items.length === 0 || items.length > longestList) return undefined;
  let mask: Mask | undefined;
  for (const item of items) {
    const value = numbersOf(item, columns);
    if (typeof value !== 'number') return undefined;
    const equal = compareColumn('==', numbers, value, columns.length);
    mask = mask === undefined ? equal : combine(mask, equal, orTable);
  }
  return mask;
}

/** The scalar evaluator, a row at a time. */
function testByRow(expr: Expr, names: readonly SignalName[], columns: RecordColumns): Mask {
  const test = compileTest(expr);
  const at = signalsCursor(columns, names);
  const out = new Uint8Array(columns.length);
  for (let row = 0; row < out.length; row += 1) out[row] = answerOf(test(at(row)));
  return out;
}

/** CEL's && and ||, by `3 · left + right`: the deciding value wins over an undetermined one on either side. */
const andTable = Uint8Array.of(0, 0, 0, 0, 1, 2, 0, 2, 2);
const orTable = Uint8Array.of(0, 1, 2, 1, 1, 1, 2, 1, 2);
const notTable = Uint8Array.of(1, 0, 2);

function combine(left: Mask, right: Mask, table: Uint8Array): Mask {
  for (let row = 0; row < left.length; row += 1) {
    left[row] = table[3 * (left[row] as number) + (right[row] as number)] as number;
  }
  return left;
}

function negate(mask: Mask): Mask {
  for (let row = 0; row < mask.length; row += 1) mask[row] = notTable[mask[row] as number] as number;
  return mask;
}

function choose(test: Mask, yes: Mask, no: Mask): Mask {
  for (let row = 0; row < test.length; row += 1) {
    const answer = test[row] as number;
    test[row] = answer === 1 ? (yes[row] as number) : answer === 0 ? (no[row] as number) : undetermined;
  }
  return test;
}
