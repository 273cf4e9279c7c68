import { z } from 'zod';
import { CustomModel } from '#engine/catalogue/index.ts';
import { Id, ProviderShape, Retention } from './config-file-providers.ts';

const Budget = z.strictObject({
  usd: z.number().min(0),
  window: z.enum(['hour', 'day', 'week', 'month', 'total']),
});
const Count = z.number().int().min(1);

const TeamShape = z.strictObject({
  id: Id,
  name: z.string().min(1).max(120).optional(),
  budget: Budget.optional(),
  retention: Retention.optional(),
});

const KeyShape = z.strictObject({
  id: Id,
  team: Id.default('default'),
  project: z.string().max(64).default(''),
  tags: z.array(z.string().max(64)).max(32).default([]),
  secret: z.string().min(16, 'must have at least 16 characters'),
  rpm: Count.optional(),
  tpm: Count.optional(),
  budget: Budget.optional(),
  retention: Retention.optional(),
  policies: z.array(z.string()).optional(),
  models: z.array(z.string()).optional(),
  regions: z.array(z.string()).optional(),
  expires_at: z.iso.datetime({ offset: true }).optional(),
});

const DeploymentShape = z.strictObject({
  alias: z.string().min(1).max(120),
  policy: z.string().min(1),
  version: z.number().int().min(1).nullable().default(null),
});

/** Models and prices of one's own, beside the shipped catalogue or in its place. */
const CatalogueShape = z.strictObject({
  /** The shipped models and prices are left out: what is not stated here is unknown. */
  replace: z.boolean().default(false),
  models: z.array(CustomModel).default([]),
});

/** The config file as people write it. Names and order are the outside contract: they stay. */
export const ConfigFileShape = z
  .strictObject({
    $schema: z.string().optional(),
    providers: z.array(ProviderShape).default([]),
    teams: z.array(TeamShape).default([]),
    keys: z.array(KeyShape).default([]),
    policies: z.string().min(1).optional(),
    deployments: z.array(DeploymentShape).default([]),
    catalogue: CatalogueShape.optional(),
  })
  .superRefine((file, context) => {
    const lists = [
      ['providers', file.providers.map(({ id }) => id)],
      ['teams', file.teams.map(({ id }) => id)],
      ['keys', file.keys.map(({ id }) => id)],
      ['deployments', file.deployments.map(({ alias }) => alias)],
      ['catalogue.models', (file.catalogue?.models ?? []).map(({ id }) => id)],
    ] as const;
    for (const [list, ids] of lists) {
      for (const [index, id] of ids.entries()) {
        if (ids.indexOf(id) === index) continue;
        context.addIssue({
          code: 'custom',
          path: [...list.split('.'), index, list === 'deployments' ? 'alias' : 'id'],
          message: `"${id}" stands twice in "${list}"; every one needs its own`,
        });
      }
    }
    const secrets = file.keys.map(({ secret }) => secret);
    for (const [index, secret] of secrets.entries()) {
      if (secrets.indexOf(secret) === index) continue;
      context.addIssue({
        code: 'custom',
        path: ['keys', index, 'secret'],
        message: `is the same as that of "${file.keys[secrets.indexOf(secret)]?.id}"; every key needs its own`,
      });
    }
  });
export type ConfigFileShape = z.output<typeof ConfigFileShape>;

/** Settings that this release takes but does not act on, one sentence a kind: never silently ignored. */
export function notEnforced(file: ConfigFileShape): readonly string[] {
  const named = (what: string, ids: readonly string[]) =>
    ids.length === 0 ? [] : [`${what} not enforced yet: ${ids.join(', ')}.`];
  const teams = (has: (team: ConfigFileShape['teams'][number]) => unknown) =>
    file.teams.filter((team) => has(team) !== undefined).map(({ id }) => `team ${id}`);
  const keys = (has: (key: ConfigFileShape['keys'][number]) => unknown) =>
    file.keys.filter((key) => has(key) !== undefined).map(({ id }) => `key ${id}`);
  const kept = file.providers.filter(({ retention, region }) => retention !== 'unknown' || region !== null);
  return [
    ...named(
      'Retention and region of providers are noted but',
      kept.map(({ id }) => `provider ${id}`),
    ),
    ...named('Budgets are', [...teams((team) => team.budget), ...keys((key) => key.budget)]),
    ...named(
      'Requests per minute (rpm) are',
      keys((key) => key.rpm),
    ),
    ...named(
      'Tokens per minute (tpm) are',
      keys((key) => key.tpm),
    ),
    ...named('Retention classes are', [...teams((team) => team.retention), ...keys((key) => key.retention)]),
    ...named(
      'The policies a key may use are',
      keys((key) => key.policies),
    ),
    ...named(
      'The models a key may use are',
      keys((key) => key.models),
    ),
    ...named(
      'The regions a key may use are',
      keys((key) => key.regions),
    ),
    ...named(
      'Expiry dates of keys are',
      keys((key) => key.expires_at),
    ),
  ];
}
