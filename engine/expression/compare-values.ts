import type { SignalValue } from '../signals/index.ts';
import type { Evaluate } from './evaluate.ts';
import type { Comparison } from './expr.ts';

/** Two values compared; undetermined when one of them is. */
export function compareValues(by: Comparison, left: Evaluate, right: Evaluate): Evaluate {
  const compare = comparators[by];
  return (signals, variable) => {
    const a = left(signals, variable);
    if (a === undefined) return undefined;
    const b = right(signals, variable);
    return b === undefined ? undefined : compare(a as SignalValue, b as SignalValue);
  };
}

/** A signal compared with a literal: nearly every comparison there is, so it skips two closures. */
export function compareSlot(by: Comparison, slot: number, literal: SignalValue): Evaluate {
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
