import { followAnchor } from '../../governance/audit/anchored-log.ts';
import { makeMemoryAuditLog } from '../../governance/audit/make-memory-audit-log.ts';
import type { ConfigStore, Configuration } from '../config-store.ts';
import { applyChange, deepFreeze, emptyConfiguration } from '../configuration.ts';
import { oneAtATime } from '../one-at-a-time.ts';

/** A configuration store that forgets everything with the process: for tests and for looking around. */
export function makeMemoryConfigStore(
  options: {
    readonly salt?: string;
    readonly clock?: () => number;
    /** What it begins with, beside an empty configuration. */
    readonly start?: Partial<Configuration>;
  } = {},
): ConfigStore {
  const clock = options.clock ?? Date.now;
  const listeners = new Set<(state: Configuration) => void>();
  const inTurn = oneAtATime();
  const log = makeMemoryAuditLog();
  const { catchUp } = followAnchor(log);
  let state = deepFreeze({ ...emptyConfiguration(options.salt ?? 'memory'), ...options.start });
  return {
    read: () => state,
    update: (audit, change) =>
      inTurn(async () => {
        state = applyChange(state, { ...audit, at: new Date(clock()).toISOString() }, change);
        await catchUp(state.audit);
        for (const listener of listeners) listener(state);
        return state;
      }),
    note: (change) =>
      inTurn(async () => {
        state = deepFreeze(change(state));
        for (const listener of listeners) listener(state);
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    audit: {
      page: (query) => log.page(query),
      facets: log.facets,
      verify: () => inTurn(() => log.verify(state.audit)),
    },
    close: async () => listeners.clear(),
  };
}
