import type { SignalValue } from '../signals/index.ts';
import type { Evaluate, Value } from './evaluate.ts';
import type { Method } from './expr.ts';

/** A function or method of CEL applied to one or two values. */
export function callMethod(method: Method, first: Evaluate, second: Evaluate | undefined): Evaluate {
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
