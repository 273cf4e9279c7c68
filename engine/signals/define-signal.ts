import type { MeasuredIntake } from './intake.ts';

/** The types a signal may have. `int` and `double` are both JavaScript numbers; ints stay below 2^53. */
export interface ValueTypes {
  readonly int: number;
  readonly double: number;
  readonly bool: boolean;
  readonly string: string;
  readonly string_list: readonly string[];
  readonly string_map: Readonly<Record<string, string>>;
  readonly double_map: Readonly<Record<string, number>>;
}
export type ValueType = keyof ValueTypes;
export type SignalValue = ValueTypes[ValueType];

/** One typed fact about a request, declared once. Everything else about it is derived from this. */
export interface SignalDefinition<N extends string = string, T extends ValueType = ValueType> {
  readonly name: N;
  readonly valueType: T;
  /** Shown beside numbers: `tokens`, `bytes`, `ms since 1970`, … */
  readonly unit?: string;
  /** One sentence for the author of a condition. */
  readonly meaning: string;
  /** `true` where the value may identify a person; exports and retention rules read it. */
  readonly personal?: boolean;
  /** Values an author is likely to compare with, for completion. */
  readonly examples?: readonly string[];
  readonly measure: (intake: MeasuredIntake) => ValueTypes[T];
}

/** Declares a signal and keeps its literal name and type. */
export function defineSignal<const N extends string, const T extends ValueType>(
  definition: SignalDefinition<N, T>,
): SignalDefinition<N, T> {
  return Object.freeze(definition);
}
