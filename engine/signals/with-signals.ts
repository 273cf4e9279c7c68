import { isSignalName, slotOf } from './registry.ts';
import type { NamedSignals, Signals } from './signals.ts';

/** The same signals with some of them replaced. */
export function withSignals(signals: Signals, named: NamedSignals): Signals {
  const values = signals.slice();
  for (const [name, value] of Object.entries(named)) if (isSignalName(name)) values[slotOf(name)] = value;
  return values as unknown as Signals;
}
