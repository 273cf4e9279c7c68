import type { CustomModel } from '#engine/catalogue/index.ts';
import type { PolicyCase } from '#engine/explain/cases/policy-case.ts';
import type { PoolCandidates } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import type { StoredAlert } from '../contract/alert-shape.ts';
import type { BudgetShape } from '../contract/budget-shape.ts';
import type { Proposal, PublishingRules } from '../contract/proposal-shape.ts';
import type { EndedRollout, RunningRollout } from '../contract/rollout-shape.ts';
import type { AuditAnchor, AuditReader } from '../governance/audit/anchored-log.ts';
import type { AuditDraft } from '../governance/audit/audit-entry.ts';
import type { StoredAccount, StoredSession, StoredSignOn } from '../governance/people/stored-people.ts';
import type { TextSetting } from '../governance/privacy/text-settings.ts';
import type { StoredProvider } from './stored-provider.ts';
import type { StoredKey, StoredProject, StoredTeam } from './stored-structure.ts';

export type { StoredProvider, StoredProviderKey } from './stored-provider.ts';
export type { StoredKey, StoredProject, StoredTeam } from './stored-structure.ts';

/** A policy's draft as kept. */
export interface StoredPolicy {
  readonly id: string;
  readonly policy: Policy;
  readonly revision: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** A published policy: never changed, never removed. */
export interface StoredVersion {
  readonly policyId: string;
  readonly version: number;
  readonly hash: string;
  readonly note: string;
  readonly author: string;
  readonly at: string;
  readonly policy: Policy;
  /** The candidates of its pools as they were when it was published; a version of before they were kept has none. */
  readonly pools?: PoolCandidates | undefined;
  /** The kept what-if it was judged by. */
  readonly simulation?: string | undefined;
}

export interface StoredDeployment {
  readonly alias: string;
  readonly policyId: string;
  /** `null` follows the newest version. */
  readonly version: number | null;
  /** A version that is coming into use beside it; then `version` is stated. */
  readonly rollout?: RunningRollout | undefined;
  /** It followed the newest version and is held here since a candidate was taken back; the next to be published frees it. */
  readonly followsNext?: true | undefined;
}

/** The cases of a policy. */
export interface StoredCases {
  readonly policyId: string;
  readonly cases: readonly PolicyCase[];
  readonly revision: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** A model that was stated in the studio. */
export interface StoredModel {
  readonly model: CustomModel;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** A budget that was made in the studio. */
export interface StoredBudget {
  readonly budget: BudgetShape;
  readonly revision: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** Everything an installation is configured with in the studio. */
export interface Configuration {
  readonly format: 1;
  /** Salts fingerprints, so that hashes of one installation say nothing in another. */
  readonly salt: string;
  readonly policies: readonly StoredPolicy[];
  readonly versions: readonly StoredVersion[];
  readonly deployments: readonly StoredDeployment[];
  readonly keys: readonly StoredKey[];
  /** Models and prices beside or in place of the shipped ones. */
  readonly models: readonly StoredModel[];
  readonly budgets: readonly StoredBudget[];
  readonly alerts: readonly StoredAlert[];
  /** Teams whose texts are kept; nobody's unless stated. */
  readonly textLogging: readonly TextSetting[];
  /** After so many days records are emptied of everything but what was spent; `null`: never. */
  readonly recordDays: number | null;
  /** Likewise those of keys with zero retention, where that is sooner. */
  readonly zeroRecordDays: number | null;
  readonly teams: readonly StoredTeam[];
  readonly projects: readonly StoredProject[];
  readonly providers: readonly StoredProvider[];
  readonly cases: readonly StoredCases[];
  /** Rollouts that ended lately, the latest last. */
  readonly rollouts: readonly EndedRollout[];
  readonly publishing: PublishingRules;
  /** Publications that wait, and those decided lately. */
  readonly proposals: readonly Proposal[];
  readonly accounts: readonly StoredAccount[];
  /** Browsers that are signed in. */
  readonly sessions: readonly StoredSession[];
  /** Single sign-on; `null`: not set up. */
  readonly signOn: StoredSignOn | null;
  /** The end of the audit's chain; the entries are in a log of their own. */
  readonly audit: AuditAnchor;
}

/** Where configuration is kept. Writes are serialised; a write is on disk when its promise resolves. */
export interface ConfigStore {
  /** The present state; a frozen snapshot, cheap to ask for. */
  read(): Configuration;
  /**
   * Applies a change to the state as it is when its turn comes, together with its audit entry: both are
   * there, or neither. Throws what `change` throws, with nothing saved.
   */
  update(audit: AuditDraft, change: (state: Configuration) => Configuration): Promise<Configuration>;
  /** Saves what nobody decided and the audit does not hold: when a session was last seen. */
  note(change: (state: Configuration) => Configuration): Promise<void>;
  /** Calls back after every saved change. Answers how to stop. */
  subscribe(listener: (state: Configuration) => void): () => void;
  /** Everything that was ever changed, and whether its chain holds. */
  readonly audit: AuditReader;
  close(): Promise<void>;
}
