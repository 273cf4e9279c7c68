import { compileTest, compileValue, type Expr, signalsOf } from '../expression/index.ts';
import { type SignalName, type Signals, type SignalValue, signalRegistry, slotOf } from '../signals/index.ts';
import { hasGaps } from './column-gaps.ts';
import type { CodedColumn, NumberColumn, RecordColumns } from './columns.ts';
import { compareColumn, flipped } from './compare-column.ts';
import { signalsCursor } from './signals-at.ts';

/** What a condition answers for every row: 0 false, 1 true, 2 undetermined. */
export interface Mask {
  readonly answers: Uint8Array;
  /** Whether an answer may be undetermined. */
  readonly gaps: boolean;
}

const undetermined = 2;

/**
 * Evaluates a condition a column at a time. Each part runs the fastest way that gives the scalar evaluator's answer:
 * once for all rows when it reads no signal, once a distinct value when it reads one text, list, map or truth value, as
 * a tight loop when it compares a number with a constant, and by the scalar evaluator itself for everything else.
 */
export function testColumn(expr: Expr, columns: RecordColumns): Mask {
  const names = signalsOf(expr);
  const [name] = names;
  if (name === undefined) return sameForAll(compileTest(expr)(noSignals()), columns.length);
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

function sameForAll(answer: boolean | undefined, length: number): Mask {
  return { answers: new Uint8Array(length).fill(answerOf(answer)), gaps: answer === undefined };
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
  const gaps = answers.some(
    (answer, index) => answer === undetermined && (values[index] !== null || hasGaps(column)),
  );
  return { answers: lookUp(column.kind === 'bool' ? column.values : column.codes, answers), gaps };
}

/** `answers[codes[row]]` for every row, four rows a word. */
function lookUp(codes: CodedColumn['codes'], answers: Uint8Array): Uint8Array {
  const words = new Int32Array(Math.ceil(codes.length / 4));
  const out = new Uint8Array(words.buffer, 0, codes.length);
  for (let word = 0, row = 0; row + 3 < codes.length; word += 1, row += 4) {
    words[word] =
      (answers[codes[row] as number] as number) |
      ((answers[codes[row + 1] as number] as number) << 8) |
      ((answers[codes[row + 2] as number] as number) << 16) |
      ((answers[codes[row + 3] as number] as number) << 24);
  }
  for (let row = codes.length & ~3; row < codes.length; row += 1)
    out[row] = answers[codes[row] as number] as number;
  return out;
}

function testComparison(expr: Extract<Expr, { op: 'compare' }>, columns: RecordColumns): Mask | undefined {
  const left = numbersOf(expr.left, columns);
  const right = numbersOf(expr.right, columns);
  if (typeof left === 'object' && typeof right === 'number') return compareWith(expr.by, left, right);
  if (typeof left === 'number' && typeof right === 'object')
    return compareWith(flipped[expr.by], right, left);
  return undefined;
}

function compareWith(by: keyof typeof flipped, column: NumberColumn, constant: number): Mask {
  return { answers: compareColumn(by, column, constant), gaps: hasGaps(column) };
}

/** The numbers an operand stands for: a column, a constant, or none of both. */
function numbersOf(expr: Expr, columns: RecordColumns): NumberColumn | number | undefined {
  if (expr.op === 'signal') {
    const column = columns.column(expr.name);
    return column.kind === 'number' ? column : undefined;
  }
  if (signalsOf(expr).length > 0) return undefined;
  const value = compileValue(expr)(noSignals(), '');
  return typeof value === 'number' ? value : undefined;
}

const longestList = 16;

/** A number against a short list of constants: one equality a constant. */
function testMembership(expr: Extract<Expr, { op: 'in' }>, columns: RecordColumns): Mask | undefined {
  const numbers = numbersOf(expr.item, columns);
  if (typeof numbers !== 'object' || expr.collection.op !== 'list') return undefined;
  const constants = expr.collection.items.map((item) => numbersOf(item, columns));
  if (constants.length === 0 || constants.length > longestList) return undefined;
  let mask: Mask | undefined;
  for (const constant of constants) {
    if (typeof constant !== 'number') return undefined;
    const equal = compareWith('==', numbers, constant);
    mask = mask === undefined ? equal : combine(mask, equal, orTable);
  }
  return mask;
}

/** The scalar evaluator, a row at a time. */
function testByRow(expr: Expr, names: readonly SignalName[], columns: RecordColumns): Mask {
  const test = compileTest(expr);
  const at = signalsCursor(columns, names);
  const answers = new Uint8Array(columns.length);
  for (let row = 0; row < answers.length; row += 1) answers[row] = answerOf(test(at(row)));
  return { answers, gaps: answers.includes(undetermined) };
}

/** CEL's && and ||, by `3 · left + right`: the deciding value wins over an undetermined one on either side. */
const andTable = Uint8Array.of(0, 0, 0, 0, 1, 2, 0, 2, 2);
const orTable = Uint8Array.of(0, 1, 2, 1, 1, 1, 2, 1, 2);
const notTable = Uint8Array.of(1, 0, 2);

/** Writes into the left mask: masks in the making belong to nobody else. */
function combine(left: Mask, right: Mask, table: Uint8Array): Mask {
  const out = left.answers;
  const other = right.answers;
  for (let row = 0; row < out.length; row += 1) {
    out[row] = table[3 * (out[row] as number) + (other[row] as number)] as number;
  }
  return { answers: out, gaps: left.gaps || right.gaps };
}

function negate({ answers, gaps }: Mask): Mask {
  for (let row = 0; row < answers.length; row += 1) answers[row] = notTable[answers[row] as number] as number;
  return { answers, gaps };
}

function choose(test: Mask, yes: Mask, no: Mask): Mask {
  const out = test.answers;
  for (let row = 0; row < out.length; row += 1) {
    const answer = out[row] as number;
    out[row] =
      answer === 1 ? (yes.answers[row] as number) : answer === 0 ? (no.answers[row] as number) : undetermined;
  }
  return { answers: out, gaps: test.gaps || yes.gaps || no.gaps };
}
