import type { SignalName, ValueType } from '../../signals/index.ts';
import { anyNumber, anyValue, type Domain, eitherTruth } from './domain.ts';
import { between } from './number-set.ts';

/** Bounds that a signal keeps by what it is. */
const bounds: Partial<Record<SignalName, readonly [number, number]>> = {
  'time.hour': [0, 23],
  'time.weekday': [1, 7],
  'task.confidence': [0, 1],
  'task.difficulty': [0, 1],
  'budget.used': [0, Number.POSITIVE_INFINITY],
};

/** What a signal can be before anything is known of a request. */
export function naturalDomain(type: ValueType, name?: SignalName): Domain {
  if (type === 'bool') return { values: eitherTruth, mayBeUnknown: true };
  if (type === 'int') {
    const [low, high] = (name && bounds[name]) ?? [0, Number.POSITIVE_INFINITY];
    const isCount = name !== undefined;
    return { values: anyNumber(true, isCount ? between(low, high) : undefined), mayBeUnknown: true };
  }
  if (type === 'double') {
    if (name === 'draw') return { values: anyNumber(false, between(0, 1, true)), mayBeUnknown: true };
    const known = name && bounds[name];
    return { values: anyNumber(false, known && between(...known)), mayBeUnknown: true };
  }
  return { values: anyValue, mayBeUnknown: true };
}
