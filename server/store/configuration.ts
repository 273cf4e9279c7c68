import { z } from 'zod';
import { CustomModel } from '#engine/catalogue/index.ts';
import { PolicyCase } from '#engine/explain/cases/policy-case.ts';
import { Policy } from '#engine/policy/index.ts';
import { StoredAlert } from '../contract/alert-shape.ts';
import { BudgetShape } from '../contract/budget-shape.ts';
import { Proposal, PublishingRules } from '../contract/proposal-shape.ts';
import { EndedRollout, RunningRollout } from '../contract/rollout-shape.ts';
import { noAnchor } from '../governance/audit/anchored-log.ts';
import { AuditEntryShape, type DatedAudit, sealEntry } from '../governance/audit/audit-entry.ts';
import { StoredAccount, StoredSession, StoredSignOn } from '../governance/people/stored-people.ts';
import { TextSetting } from '../governance/privacy/text-settings.ts';
import type { Configuration } from './config-store.ts';
import { PoolCandidatesShape } from './kept-pools.ts';
import { StoredProvider } from './stored-provider.ts';
import { StoredKey, StoredProject, StoredTeam } from './stored-structure.ts';

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
  simulation: z.string().optional(),
});
const StoredDeployment = z.strictObject({
  alias: z.string(),
  policyId: z.string(),
  version: z.number().int().min(1).nullable(),
  rollout: RunningRollout.optional(),
  followsNext: z.literal(true).optional(),
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
const StoredAnchor = z.strictObject({
  sequence: z.number().int().min(0),
  hash: z.string().length(64),
  last: AuditEntryShape.nullable(),
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
  alerts: z.array(StoredAlert).default([]),
  textLogging: z.array(TextSetting).default([]),
  recordDays: z.number().int().nullable().default(null),
  zeroRecordDays: z.number().int().nullable().default(null),
  teams: z.array(StoredTeam).default([]),
  projects: z.array(StoredProject).default([]),
  providers: z.array(StoredProvider).default([]),
  cases: z.array(StoredCases).default([]),
  rollouts: z.array(EndedRollout).default([]),
  publishing: PublishingRules.default({ approval: [] }),
  proposals: z.array(Proposal).default([]),
  accounts: z.array(StoredAccount).default([]),
  sessions: z.array(StoredSession).default([]),
  signOn: StoredSignOn.nullable().default(null),
  audit: StoredAnchor,
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
    alerts: [],
    textLogging: [],
    recordDays: null,
    zeroRecordDays: null,
    teams: [],
    projects: [],
    providers: [],
    cases: [],
    rollouts: [],
    publishing: { approval: [] },
    proposals: [],
    accounts: [],
    sessions: [],
    signOn: null,
    audit: noAnchor,
  });
}

/** The state after a change, with the change's audit entry behind the present ones, frozen. Throws what `change` throws. */
export function applyChange(
  state: Configuration,
  audit: DatedAudit,
  change: (state: Configuration) => Configuration,
): Configuration {
  const changed = change(state);
  const last = sealEntry(state.audit, audit);
  return deepFreeze({ ...changed, audit: { sequence: last.sequence, hash: last.hash, last } });
}

/** Freezes what is not frozen yet: parts shared with the state before are skipped. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) deepFreeze(item);
  return value;
}
