import type { ConfigStore, Configuration } from '../config-store.ts';
import { applyChange, emptyConfiguration } from '../configuration.ts';
import { oneAtATime } from '../one-at-a-time.ts';

/** A configuration store that forgets everything with the process: for tests and for looking around. */
export function makeMemoryConfigStore(
  options: { readonly salt?: string; readonly clock?: () => number } = {},
): ConfigStore {
  const clock = options.clock ?? Date.now;
  const listeners = new Set<(state: Configuration) => void>();
  const inTurn = oneAtATime();
  let state = emptyConfiguration(options.salt ?? 'memory');
  return {
    read: () => state,
    update: (audit, change) =>
      inTurn(async () => {
        state = applyChange(state, { at: new Date(clock()).toISOString(), ...audit }, change);
        for (const listener of listeners) listener(state);
        return state;
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}
