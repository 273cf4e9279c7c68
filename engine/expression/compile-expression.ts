import type { Signals, SignalValue } from '../signals/index.ts';
import { type Arithmetic, type Comparison, type Expr, type Fold, type Method, visit } from './expr.ts';

/** `undefined` is *undetermined*: a signal is unknown, a key is missing, a number is divided by zero. */
export type Value = SignalValue | readonly SignalValue[] | undefined;
/** `variable` is the element a fold is looking at. */
export type Evaluate = (signals: Signals, variable: string) => Value;
/** A compiled condition. `undefined` when it cannot be determined for these signals. */
export type Test = (signals: Signals) => boolean | undefined;

/** Compiles a condition to closures: total, never throws, the same answer for the same signals. */
export function compileTest(expr: Expr): Test {
  const evaluate = compileValue(expr);
  return (signals) => {
    const value = evaluate(signals, '');
    return typeof value === 'boolean' ? value : undefined;
  };
}

/** Compiles any expression to a closure; see {@link Value}. */
export function compileValue(expr: Expr): Evaluate {
  switch (expr.op) {
    case 'literal':
      return constant(expr.value);
    case 'signal':
      return readSlot(expr.slot);
    case 'variable':
      return (_signals, variable) => variable;
    case 'list':
      return listOf(expr.items.map(compileValue));
    case 'compare':
      return compareValues(expr.by, expr.left, expr.right);
    case 'arithmetic':
      return arithmetic(expr.by, expr.type === 'int', compileValue(expr.left), compileValue(expr.right));
    case 'negate':
      return mapNumber(compileValue(expr.of), (value) => -value);
    case 'and':
      return both(compileValue(expr.left), compileValue(expr.right), false);
    case 'or':
      return both(compileValue(expr.left), compileValue(expr.right), true);
    case 'not':
      return negation(compileValue(expr.of));
    case 'in':
      return membership(compileValue(expr.item), expr.collection);
    case 'has':
      return hasKey(compileValue(expr.map), expr.key);
    case 'entry':
      return entry(compileValue(expr.map), compileValue(expr.key));
    case 'element':
      return element(compileValue(expr.list), compileValue(expr.index));
    case 'choose':
      return choice(compileValue(expr.test), compileValue(expr.yes), compileValue(expr.no));
    case 'call':
      return call(expr.method, expr.args);
    case 'matches':
      return matching(compileValue(expr.text), expr.pattern.test);
    case 'fold':
      return fold(expr.fold, compileValue(expr.list), compileValue(expr.body));
  }
}

/** Whether an expression is determined whenever the signals it reads are known: only those can run by column. */
export function isTotal(expr: Expr): boolean {
  let total = true;
  visit(expr, (node) => {
    if (node.op === 'entry' || node.op === 'element' || node.op === 'fold') total = false;
    if (node.op === 'arithmetic' || node.op === 'negate') total = false;
    if (node.op === 'call' && (node.method === 'int' || node.method === 'double')) total = false;
  });
  return total;
}

function constant(value: SignalValue): Evaluate {
  return () => value;
}

function readSlot(slot: number): Evaluate {
  return (signals) => signals[slot] ?? undefined;
}

function listOf(items: readonly Evaluate[]): Evaluate {
  return (signals, variable) => {
    const values: SignalValue[] = [];
    for (const item of items) {
      const value = item(signals, variable);
      if (value === undefined) return undefined;
      values.push(value as SignalValue);
    }
    return values;
  };
}

/** Signal against literal is nearly every comparison there is, so it skips two closures. */
function compareValues(by: Comparison, left: Expr, right: Expr): Evaluate {
  if (left.op === 'signal' && right.op === 'literal') return compareSlot(by, left.slot, right.value);
  const leftValue = compileValue(left);
  const rightValue = compileValue(right);
  const compare = comparators[by];
  return (signals, variable) => {
    const a = leftValue(signals, variable);
    if (a === undefined) return undefined;
    const b = rightValue(signals, variable);
    return b === undefined ? undefined : compare(a as SignalValue, b as SignalValue);
  };
}

function compareSlot(by: Comparison, slot: number, literal: SignalValue): Evaluate {
  switch (by) {
    case '==':
      return (signals) => (signals[slot] == null ? undefined : signals[slot] === literal);
    case '!=':
      return (signals) => (signals[slot] == null ? undefined : signals[slot] !== literal);
    case '<':
      return (signals) => below(signals[slot], literal);
    case '<=':
      return (signals) => not(below(literal, signals[slot]), signals[slot]);
    case '>':
      return (signals) => below(literal, signals[slot]);
    case '>=':
      return (signals) => not(below(signals[slot], literal), signals[slot]);
  }
}

function below(
  left: SignalValue | null | undefined,
  right: SignalValue | null | undefined,
): boolean | undefined {
  return left == null || right == null ? undefined : left < right;
}

/** `a >= b` is not `!(a < b)` for NaN, but no signal and no literal is NaN; unknown stays unknown. */
function not(value: boolean | undefined, signal: SignalValue | null | undefined): boolean | undefined {
  return value === undefined || signal == null ? undefined : !value;
}

const comparators: Readonly<Record<Comparison, (left: SignalValue, right: SignalValue) => boolean>> = {
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

function arithmetic(by: Arithmetic, whole: boolean, left: Evaluate, right: Evaluate): Evaluate {
  return (signals, variable) => {
    const a = left(signals, variable);
    const b = right(signals, variable);
    if (typeof a === 'string' && typeof b === 'string') return by === '+' ? bounded(a + b) : undefined;
    if (typeof a !== 'number' || typeof b !== 'number') return undefined;
    return whole ? wholeArithmetic(by, a, b) : decimalArithmetic(by, a, b);
  };
}

const longestText = 100_000;

function bounded(text: string): string | undefined {
  return text.length > longestText ? undefined : text;
}

/** Past 2^53 a whole number is no longer exact, so the result is undetermined rather than wrong. */
function wholeArithmetic(by: Arithmetic, a: number, b: number): number | undefined {
  if ((by === '/' || by === '%') && b === 0) return undefined;
  const result = by === '/' ? Math.trunc(a / b) : decimalArithmetic(by, a, b);
  return result !== undefined && Number.isSafeInteger(result) ? result + 0 : undefined;
}

function decimalArithmetic(by: Arithmetic, a: number, b: number): number | undefined {
  switch (by) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
  }
}

function mapNumber(of: Evaluate, change: (value: number) => number): Evaluate {
  return (signals, variable) => {
    const value = of(signals, variable);
    return typeof value === 'number' ? change(value) : undefined;
  };
}

/** CEL's `&&` and `||`: the deciding value wins over an undetermined one, whichever side it is on. */
function both(left: Evaluate, right: Evaluate, deciding: boolean): Evaluate {
  return (signals, variable) => {
    const a = left(signals, variable);
    if (a === deciding) return deciding;
    const b = right(signals, variable);
    if (b === deciding) return deciding;
    return a === undefined || b === undefined ? undefined : !deciding;
  };
}

function negation(of: Evaluate): Evaluate {
  return (signals, variable) => {
    const value = of(signals, variable);
    return typeof value === 'boolean' ? !value : undefined;
  };
}

function membership(item: Evaluate, collection: Expr): Evaluate {
  const values = collection.op === 'list' ? literalsOf(collection.items) : undefined;
  if (values !== undefined) {
    return (signals, variable) => {
      const value = item(signals, variable);
      return value === undefined ? undefined : values.has(value as SignalValue);
    };
  }
  const of = compileValue(collection);
  return (signals, variable) => {
    const value = item(signals, variable);
    const within = of(signals, variable);
    if (value === undefined || within === undefined) return undefined;
    if (Array.isArray(within)) return within.includes(value);
    return typeof within === 'object' && typeof value === 'string' && Object.hasOwn(within, value);
  };
}

function literalsOf(items: readonly Expr[]): ReadonlySet<SignalValue> | undefined {
  const values = new Set<SignalValue>();
  for (const item of items) {
    if (item.op !== 'literal') return undefined;
    values.add(item.value);
  }
  return values;
}

type TextMap = Readonly<Record<string, string>>;

function isTextMap(value: Value): value is TextMap {
  return typeof value === 'object' && !Array.isArray(value);
}

function hasKey(map: Evaluate, key: string): Evaluate {
  return (signals, variable) => {
    const of = map(signals, variable);
    return isTextMap(of) ? Object.hasOwn(of, key) : undefined;
  };
}

function entry(map: Evaluate, key: Evaluate): Evaluate {
  return (signals, variable) => {
    const of = map(signals, variable);
    const name = key(signals, variable);
    return isTextMap(of) && typeof name === 'string' && Object.hasOwn(of, name) ? of[name] : undefined;
  };
}

function element(list: Evaluate, index: Evaluate): Evaluate {
  return (signals, variable) => {
    const of = list(signals, variable);
    const at = index(signals, variable);
    return Array.isArray(of) && typeof at === 'number' ? of[at] : undefined;
  };
}

function choice(test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (signals, variable) => {
    const value = test(signals, variable);
    if (typeof value !== 'boolean') return undefined;
    return value ? yes(signals, variable) : no(signals, variable);
  };
}

function call(method: Method, args: readonly Expr[]): Evaluate {
  const [first, second] = args.map(compileValue);
  if (first === undefined) return () => undefined;
  return (signals, variable) => {
    const a = first(signals, variable);
    const b = second?.(signals, variable);
    return a === undefined ? undefined : applyMethod(method, a, b);
  };
}

function applyMethod(method: Method, a: SignalValue | readonly SignalValue[], b: Value): Value {
  if (method === 'size') return sizeOf(a);
  if (method === 'int') return toInt(a);
  if (method === 'double') return toDouble(a);
  if (method === 'string') return String(a);
  if (typeof a !== 'string') return undefined;
  if (method === 'lowerAscii') return a.replace(/[A-Z]+/g, (run) => run.toLowerCase());
  if (method === 'upperAscii') return a.replace(/[a-z]+/g, (run) => run.toUpperCase());
  if (typeof b !== 'string') return undefined;
  if (method === 'startsWith') return a.startsWith(b);
  return method === 'endsWith' ? a.endsWith(b) : a.includes(b);
}

/** Code points of a text, items of a list, keys of a map. */
function sizeOf(value: SignalValue | readonly SignalValue[]): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' ? Object.keys(value).length : undefined;
}

function toInt(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  const whole = Math.trunc(number);
  return Number.isSafeInteger(whole) ? whole + 0 : undefined;
}

function toDouble(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) return undefined;
  return Number(value);
}

function matching(text: Evaluate, test: (text: string) => boolean): Evaluate {
  return (signals, variable) => {
    const value = text(signals, variable);
    return typeof value === 'string' ? test(value) : undefined;
  };
}

/** `exists` folds with ||, `all` with &&, as CEL's specification defines them; `exists_one` needs every element determined. */
function fold(kind: Fold, list: Evaluate, body: Evaluate): Evaluate {
  return (signals, variable) => {
    const items = list(signals, variable);
    if (!Array.isArray(items)) return undefined;
    const answers = items.map((item) => body(signals, String(item)));
    if (kind === 'exists_one')
      return answers.includes(undefined) ? undefined : answers.filter((a) => a === true).length === 1;
    const deciding = kind === 'exists';
    if (answers.includes(deciding)) return deciding;
    return answers.includes(undefined) ? undefined : !deciding;
  };
}
