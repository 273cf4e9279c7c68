import type { Evaluate } from './evaluate.ts';
import type { Arithmetic } from './expr.ts';

/** Numbers calculated, texts joined. `whole` keeps to whole numbers, as CEL's `int` does. */
export function calculate(by: Arithmetic, whole: boolean, left: Evaluate, right: Evaluate): Evaluate {
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

/** A number changed; anything else is undetermined. */
export function mapNumber(of: Evaluate, change: (value: number) => number): Evaluate {
  return (signals, variable) => {
    const value = of(signals, variable);
    return typeof value === 'number' ? change(value) : undefined;
  };
}
