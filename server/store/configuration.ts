import { z } from 'zod';
import { CustomModel } from '#engine/catalogue/index.ts';
import { PolicyCase } from '#engine/explain/cases/policy-case.ts';
import { Policy } from '#engine/policy/index.ts';
import { BudgetShape } from '../contract/budget-shape.ts';
import type { AuditEntry, Configuration } from './config-store.ts';
import { PoolCandidatesShape } from './kept-pools.ts';

const StoredPolicy = z.strictObject({
  id: z.string(),
  policy: Policy,
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
const StoredVersion = z.strictObject({
  policyId: z.string(),
  version: z.number().int().min(1),
  hash: z.string(),
  note: z.string(),
  author: z.string(),
  at: z.string(),
  policy: Policy,
  pools: PoolCandidatesShape.optional(),
});
const StoredDeployment = z.strictObject({
  alias: z.string(),
  policyId: z.string(),
  version: z.number().int().min(1).nullable(),
});
const StoredKey = z.strictObject({
  id: z.string(),
  team: z.string(),
  project: z.string(),
  tags: z.array(z.string()),
  secretSha256: z.string(),
  prefix: z.string(),
  createdAt: z.string(),
  rpm: z.number().optional(),
  tpm: z.number().optional(),
  concurrency: z.number().optional(),
  retention: z.enum(['zero', 'retains', 'unknown']).optional(),
  policies: z.array(z.string()).optional(),
  aliases: z.array(z.string()).optional(),
  models: z.array(z.string()).optional(),
  regions: z.array(z.string()).optional(),
  expiresAt: z.string().optional(),
});
const StoredBudget = z.strictObject({
  budget: BudgetShape,
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
const StoredCases = z.strictObject({
  policyId: z.string(),
  cases: z.array(PolicyCase),
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
const StoredModel = z.strictObject({ model: CustomModel, updatedAt: z.string(), updatedBy: z.string() });
const StoredAuditEntry = z.strictObject({
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});

/** The configuration as stored, for reading it back strictly: a key nobody knows means a newer release or a damaged file. */
export const ConfigurationShape: z.ZodType<Configuration> = z.strictObject({
  format: z.literal(1),
  salt: z.string().min(1),
  policies: z.array(StoredPolicy),
  versions: z.array(StoredVersion),
  deployments: z.array(StoredDeployment),
  keys: z.array(StoredKey),
  // Installations of before models could be stated have none.
  models: z.array(StoredModel).default([]),
  // Nor have those of before budgets.
  budgets: z.array(StoredBudget).default([]),
  cases: z.array(StoredCases).default([]),
  audit: z.array(StoredAuditEntry),
});

/** What a new installation starts from. */
export function emptyConfiguration(salt: string): Configuration {
  return deepFreeze({
    format: 1,
    salt,
    policies: [],
    versions: [],
    deployments: [],
    keys: [],
    models: [],
    budgets: [],
    cases: [],
    audit: [],
  });
}

/** The state after a change, with the change's audit entry, frozen. Throws what `change` throws. */
export function applyChange(
  state: Configuration,
  audit: AuditEntry,
  change: (state: Configuration) => Configuration,
): Configuration {
  const entry = { ...audit, before: audit.before ?? null, after: audit.after ?? null };
  return deepFreeze({ ...change(state), audit: [...state.audit, entry] });
}

/** Freezes what is not frozen yet: parts shared with the state before are skipped. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}
