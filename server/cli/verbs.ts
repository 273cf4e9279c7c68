import type { Verb } from './verb.ts';

/** Every verb of the command line, loaded when asked for: `waybill models` need not load the gateway. One line a verb. */
export const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  start: async () => (await import('./start.ts')).start,
  check: async () => (await import('./check.ts')).check,
  decide: async () => (await import('./decide.ts')).decide,
  classify: async () => (await import('./classify.ts')).classify,
  models: async () => (await import('./models.ts')).models,
  import: async () => (await import('./import.ts')).importVerb,
  'import-policy': async () => (await import('./import-policy.ts')).importPolicyVerb,
  calibrate: async () => (await import('./calibrate.ts')).calibrate,
  simulate: async () => (await import('./simulate.ts')).simulate,
  diff: async () => (await import('./diff.ts')).diff,
  audit: async () => (await import('./audit.ts')).audit,
  privacy: async () => (await import('./privacy.ts')).privacy,
  people: async () => (await import('./people.ts')).people,
  secrets: async () => (await import('./secrets.ts')).secrets,
  export: async () => (await import('./export.ts')).exportVerb,
  restore: async () => (await import('./restore.ts')).restore,
  migrate: async () => (await import('./migrate.ts')).migrateVerb,
};
