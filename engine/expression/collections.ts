import type { SignalValue } from '../signals/index.ts';
import type { Evaluate, Value } from './evaluate.ts';
import type { Fold } from './expr.ts';

/** Whether an item is one of these values. */
export function isOneOf(item: Evaluate, values: ReadonlySet<SignalValue>): Evaluate {
  return (signals, variable) => {
    const value = item(signals, variable);
    return value === undefined ? undefined : values.has(value as SignalValue);
  };
}

/** Whether an item is in a list, or a key in a map. */
export function isIn(item: Evaluate, collection: Evaluate): Evaluate {
  return (signals, variable) => {
    const value = item(signals, variable);
    const within = collection(signals, variable);
    if (value === undefined || within === undefined) return undefined;
    if (Array.isArray(within)) return within.includes(value);
    return typeof within === 'object' && typeof value === 'string' && Object.hasOwn(within, value);
  };
}

type AnyMap = Readonly<Record<string, string>> | Readonly<Record<string, number>>;

function isMap(value: Value): value is AnyMap {
  return typeof value === 'object' && !Array.isArray(value);
}

/** `has(map.key)`. */
export function hasKey(map: Evaluate, key: string): Evaluate {
  return (signals, variable) => {
    const of = map(signals, variable);
    return isMap(of) ? Object.hasOwn(of, key) : undefined;
  };
}

/** The value of a key; undetermined when it is missing. */
export function entry(map: Evaluate, key: Evaluate): Evaluate {
  return (signals, variable) => {
    const of = map(signals, variable);
    const name = key(signals, variable);
    return isMap(of) && typeof name === 'string' && Object.hasOwn(of, name) ? of[name] : undefined;
  };
}

/** An element of a list; undetermined past its end. */
export function element(list: Evaluate, index: Evaluate): Evaluate {
  return (signals, variable) => {
    const of = list(signals, variable);
    const at = index(signals, variable);
    return Array.isArray(of) && typeof at === 'number' ? of[at] : undefined;
  };
}

/** `exists` folds with ||, `all` with &&, as CEL's specification defines them; `exists_one` needs every element determined. */
export function fold(kind: Fold, list: Evaluate, body: Evaluate): Evaluate {
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
