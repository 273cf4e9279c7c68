import type { SignalValue } from '../signals/index.ts';
import { calculate, mapNumber } from './calculate.ts';
import { element, entry, fold, hasKey, isIn, isOneOf } from './collections.ts';
import { compareSlot, compareValues } from './compare-values.ts';
import type { Evaluate, Test } from './evaluate.ts';
import { type Expr, type Method, visit } from './expr.ts';
import { callMethod } from './methods.ts';

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
      return compare(expr);
    case 'arithmetic':
      return calculate(expr.by, expr.type === 'int', compileValue(expr.left), compileValue(expr.right));
    case 'negate':
      return mapNumber(compileValue(expr.of), (value) => -value);
    case 'and':
      return both(compileValue(expr.left), compileValue(expr.right), false);
    case 'or':
      return both(compileValue(expr.left), compileValue(expr.right), true);
    case 'not':
      return negation(compileValue(expr.of));
    case 'in':
      return membership(expr.item, expr.collection);
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

function compare({ by, left, right }: Extract<Expr, { op: 'compare' }>): Evaluate {
  return left.op === 'signal' && right.op === 'literal'
    ? compareSlot(by, left.slot, right.value)
    : compareValues(by, compileValue(left), compileValue(right));
}

function membership(item: Expr, collection: Expr): Evaluate {
  const values = collection.op === 'list' ? literalsOf(collection.items) : undefined;
  return values === undefined
    ? isIn(compileValue(item), compileValue(collection))
    : isOneOf(compileValue(item), values);
}

function call(method: Method, args: readonly Expr[]): Evaluate {
  const [first, second] = args.map(compileValue);
  return first === undefined ? () => undefined : callMethod(method, first, second);
}

function literalsOf(items: readonly Expr[]): ReadonlySet<SignalValue> | undefined {
  const values = new Set<SignalValue>();
  for (const item of items) {
    if (item.op !== 'literal') return undefined;
    values.add(item.value);
  }
  return values;
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

function choice(test: Evaluate, yes: Evaluate, no: Evaluate): Evaluate {
  return (signals, variable) => {
    const value = test(signals, variable);
    if (typeof value !== 'boolean') return undefined;
    return value ? yes(signals, variable) : no(signals, variable);
  };
}

function matching(text: Evaluate, test: (text: string) => boolean): Evaluate {
  return (signals, variable) => {
    const value = text(signals, variable);
    return typeof value === 'string' ? test(value) : undefined;
  };
}
