import { z } from 'zod';
import { CustomModel } from '#engine/catalogue/index.ts';
import { BudgetShape, ShortBudgetShape } from '../contract/budget-shape.ts';
import { Id, ProviderShape, Retention } from './config-file-providers.ts';
import { networkProblem } from './trusted-proxies.ts';

const Count = z.number().int().min(1);

const TeamShape = z.strictObject({
  id: Id,
  name: z.string().min(1).max(120).optional(),
  budget: ShortBudgetShape.optional(),
  rpm: Count.optional(),
  tpm: Count.optional(),
  concurrency: Count.optional(),
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
  concurrency: Count.optional(),
  budget: ShortBudgetShape.optional(),
  retention: Retention.optional(),
  policies: z.array(z.string()).optional(),
  aliases: z.array(z.string()).optional(),
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

/** Proxies that are believed whose calls they pass on: an address, or a network of them. */
const ProxyShape = z.string().superRefine((text, context) => {
  const problem = networkProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

/** The config file as people write it. Names and order are the outside contract: they stay. */
export const ConfigFileShape = z
  .strictObject({
    $schema: z.string().optional(),
    providers: z.array(ProviderShape).default([]),
    teams: z.array(TeamShape).default([]),
    keys: z.array(KeyShape).default([]),
    budgets: z.array(BudgetShape).default([]),
    policies: z.string().min(1).optional(),
    deployments: z.array(DeploymentShape).default([]),
    catalogue: CatalogueShape.optional(),
    trusted_proxies: z.array(ProxyShape).default([]),
  })
  .superRefine((file, context) => {
    const lists = [
      ['providers', file.providers.map(({ id }) => id)],
      ['teams', file.teams.map(({ id }) => id)],
      ['keys', file.keys.map(({ id }) => id)],
      ['budgets', file.budgets.map(({ id }) => id)],
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
