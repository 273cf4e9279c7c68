import type { Signals, SignalValue } from '../signals/index.ts';

/** `undefined` is *undetermined*: a signal is unknown, a key is missing, a number is divided by zero. */
export type Value = SignalValue | readonly SignalValue[] | undefined;
/** `variable` is the element a fold is looking at. */
export type Evaluate = (signals: Signals, variable: string) => Value;
/** A compiled condition. `undefined` when it cannot be determined for these signals. */
export type Test = (signals: Signals) => boolean | undefined;
