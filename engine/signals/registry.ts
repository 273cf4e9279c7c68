import { agentSignals } from './agent.ts';
import { callerSignals } from './caller.ts';
import { contentSignals } from './content.ts';
import type { ValueType, ValueTypes } from './define-signal.ts';
import { affinitySignals, allowanceSignals, classifierSignals, healthSignals } from './live.ts';
import { requestSignals } from './request.ts';
import { sessionSignals } from './session.ts';
import { drawSignal, taskSignals } from './task.ts';
import { timeSignals } from './time.ts';

/** Every signal there is. Order is the order of columns in the log and of slots in memory; it is not stored anywhere. */
export const signalRegistry = [
  ...timeSignals,
  ...requestSignals,
  ...contentSignals,
  ...agentSignals,
  ...callerSignals,
  ...sessionSignals,
  ...affinitySignals,
  ...taskSignals,
  ...classifierSignals,
  ...healthSignals,
  ...allowanceSignals,
  drawSignal,
] as const;

export type SignalName = (typeof signalRegistry)[number]['name'];
type DefinitionOf<N extends SignalName> = Extract<(typeof signalRegistry)[number], { name: N }>;
/** The value of a signal by its name. */
export type ValueOf<N extends SignalName> = ValueTypes[DefinitionOf<N>['valueType']];
/** The names of all signals of one type. */
export type SignalNameOf<T extends ValueType> = Extract<
  (typeof signalRegistry)[number],
  { valueType: T }
>['name'];

const slots: ReadonlyMap<string, number> = new Map(signalRegistry.map((signal, slot) => [signal.name, slot]));

/** Where a signal lies in {@link Signals}. */
export function slotOf(name: SignalName): number {
  const slot = slots.get(name);
  if (slot === undefined) throw new Error(`No signal is called "${name}".`);
  return slot;
}

/** Whether a text is the name of a signal. */
export function isSignalName(name: string): name is SignalName {
  return slots.has(name);
}

/** Type of a signal by name. */
export function valueTypeOf(name: SignalName): ValueType {
  return definitionOf(name).valueType;
}

/** The declaration of a signal. */
export function definitionOf(name: SignalName): (typeof signalRegistry)[number] {
  const definition = signalRegistry[slotOf(name)];
  if (definition === undefined) throw new Error(`No signal is called "${name}".`);
  return definition;
}
