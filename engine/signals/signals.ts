import type { SignalValue, ValueType } from './define-signal.ts';
import type { Intake } from './intake.ts';
import { type SignalName, signalRegistry, slotOf, type ValueOf } from './registry.ts';

import { survey } from './survey.ts';

declare const signalsBrand: unique symbol;

/**
 * The signals of one request: a dense array by slot, so that a compiled plan reads a signal with one indexed load.
 * `null` is *unknown*: a foreign log never measured it, or it needs a call that today's plan did not make.
 */
export type Signals = readonly (SignalValue | null)[] & { readonly [signalsBrand]: true };

/** Signals by name, as people and JSON write them. Missing means unknown. */
export type NamedSignals = { readonly [N in SignalName]?: ValueOf<N> | null };

/** Measures every signal of a request, once. */
export function measureSignals(intake: Intake): Signals {
  const measured = survey(intake);
  const values: (SignalValue | null)[] = new Array(signalRegistry.length);
  for (let slot = 0; slot < signalRegistry.length; slot += 1) {
    values[slot] = (signalRegistry[slot] as (typeof signalRegistry)[number]).measure(measured);
  }
  return values as unknown as Signals;
}

/** One signal by name; `null` when it is unknown. */
export function readSignal<N extends SignalName>(signals: Signals, name: N): ValueOf<N> | null {
  return signals[slotOf(name)] as ValueOf<N> | null;
}

/** Named values → signals. What is not named is unknown. The types are trusted: see {@link checkNamedSignals}. */
export function signalsFrom(named: NamedSignals): Signals {
  const values = signalRegistry.map((signal) => named[signal.name] ?? null);
  return values as unknown as Signals;
}

/** Signals → named values, unknown ones left out. */
export function nameSignals(signals: Signals): NamedSignals {
  const named: Record<string, SignalValue> = {};
  for (const [slot, signal] of signalRegistry.entries()) {
    const value = signals[slot];
    if (value !== null && value !== undefined) named[signal.name] = value;
  }
  return named as NamedSignals;
}

/** Reads signals from JSON. Answers what is wrong with them, each with the name, what came and what would be right. */
export function checkNamedSignals(
  input: unknown,
):
  | { readonly kind: 'ok'; readonly signals: Signals }
  | { readonly kind: 'bad'; readonly problems: readonly string[] } {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return {
      kind: 'bad',
      problems: ['Signals must be a JSON object of names and values, such as {"request.tools": 2}.'],
    };
  }
  const problems: string[] = [];
  const known = new Set<string>(signalRegistry.map((signal) => signal.name));
  for (const name of Object.keys(input)) {
    if (!known.has(name))
      problems.push(`"${name}" is not a signal. Known signals: ${[...known].join(', ')}.`);
  }
  const values = signalRegistry.map((signal) => {
    const value: unknown = (input as Record<string, unknown>)[signal.name] ?? null;
    if (value === null || isOfType(value, signal.valueType)) return value;
    problems.push(`"${signal.name}" must be ${wording[signal.valueType]}, not ${JSON.stringify(value)}.`);
    return null;
  });
  return problems.length > 0
    ? { kind: 'bad', problems }
    : { kind: 'ok', signals: values as unknown as Signals };
}

const wording: Readonly<Record<ValueType, string>> = {
  int: 'a whole number',
  double: 'a number',
  bool: 'true or false',
  string: 'a text',
  string_list: 'a list of texts',
  string_map: 'an object with texts as values',
  double_map: 'an object with numbers as values',
};

/** Whether a value is of a signal's type. */
export function isOfType(value: unknown, type: ValueType): value is SignalValue {
  switch (type) {
    case 'int':
      return Number.isSafeInteger(value);
    case 'double':
      return typeof value === 'number' && Number.isFinite(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'string':
      return typeof value === 'string';
    case 'string_list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    case 'string_map':
      return isMap(value) && Object.values(value).every((item) => typeof item === 'string');
    case 'double_map':
      return isMap(value) && Object.values(value).every((item) => isOfType(item, 'double'));
  }
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
