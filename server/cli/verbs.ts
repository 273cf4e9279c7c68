import type { Verb } from './verb.ts';

/** Every verb of the command line, loaded when asked for: `waybill models` need not load the gateway. One line a verb. */
export const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  start: async () => (await import('./start.ts')).start,
};
