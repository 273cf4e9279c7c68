/** The contract between studio and server: every call, once. Imports engine types only. */

import { deleteAlert, listAlerts, testAlert, writeAlert } from './alerts.ts';
import { exportAudit, listAudit, verifyAudit } from './audit.ts';
import { deleteBudget, listBudgets, readBudgetOutlook, writeBudget } from './budgets.ts';
import { readCases, writeCases } from './cases.ts';
import { readClassifierTraffic, tryClassifier } from './classifiers.ts';
import { tryRequest } from './decide.ts';
import type { AnyCall } from './define-call.ts';
import { readFlow } from './flow.ts';
import { readForecasts } from './forecasts.ts';
import { readTargetHealth } from './health.ts';
import { importPolicy } from './import-policy.ts';
import { changeKey, createKey, deleteKey, listKeys, rotateKey } from './keys.ts';
import { deleteModel, listModels, readModel, writeModel } from './models.ts';
import {
  acceptInvite,
  changePassword,
  createOwner,
  inviteAccount,
  linkAccount,
  listAccounts,
  listSessions,
  readInvite,
  readSession,
  revokeSession,
  signIn,
  signOut,
  writeAccount,
} from './people.ts';
import {
  checkText,
  createPolicy,
  deletePolicy,
  listPolicies,
  listTemplates,
  publishPolicy,
  readPolicy,
  readVersion,
  rollBackPolicy,
  writeDraft,
} from './policies.ts';
import { notePresence } from './presence.ts';
import {
  deleteTextLogging,
  eraseKey,
  listKeptTexts,
  readPrivacy,
  readText,
  reportKey,
  writeRecordDays,
  writeTextLogging,
} from './privacy.ts';
import {
  addProviderKey,
  checkProvider,
  deleteProvider,
  listProviders,
  removeProviderKey,
  rotateProviderKeys,
  writeProvider,
} from './providers.ts';
import { decideProposal, listProposals, readPublishing, writePublishing } from './publishing.ts';
import { listRecords, readRecord, summarizeRecords } from './records.ts';
import { changeRollout, endRollout, listRollouts, startRollout } from './rollouts.ts';
import { deleteDeployment, listDeployments, readStatus, writeDeployment } from './settings.ts';
import { readSignOn, writeSignOn } from './sign-on.ts';
import { cancelSimulationRun, readSimulationRun, simulatePolicy, sweepPolicy } from './simulate.ts';
import {
  keepSimulation,
  listChangedDecisions,
  listSimulations,
  readOutcome,
  readSimulation,
} from './simulations.ts';
import { compareSpend, readSpend, readSpendOverview } from './spend.ts';
import { listTeams, writeProject, writeTeam } from './teams.ts';

/** Every call by name. The server mounts a handler for each; the studio's client has a function for each. */
export const calls = {
  readSession,
  signIn,
  signOut,
  changePassword,
  createOwner,
  listAccounts,
  inviteAccount,
  linkAccount,
  writeAccount,
  readInvite,
  acceptInvite,
  listSessions,
  revokeSession,
  readSignOn,
  writeSignOn,
  sweepPolicy,
  keepSimulation,
  listSimulations,
  readSimulation,
  listChangedDecisions,
  readOutcome,
  readStatus,
  listPolicies,
  readPolicy,
  createPolicy,
  notePresence,
  writeDraft,
  deletePolicy,
  publishPolicy,
  rollBackPolicy,
  readForecasts,
  readVersion,
  readCases,
  writeCases,
  checkText,
  listTemplates,
  importPolicy,
  tryRequest,
  tryClassifier,
  readClassifierTraffic,
  simulatePolicy,
  readSimulationRun,
  cancelSimulationRun,
  listRecords,
  readRecord,
  summarizeRecords,
  readFlow,
  listModels,
  readModel,
  writeModel,
  deleteModel,
  listProviders,
  checkProvider,
  writeProvider,
  deleteProvider,
  addProviderKey,
  removeProviderKey,
  rotateProviderKeys,
  readTargetHealth,
  listKeys,
  createKey,
  changeKey,
  rotateKey,
  deleteKey,
  listTeams,
  writeTeam,
  writeProject,
  listAudit,
  verifyAudit,
  exportAudit,
  listBudgets,
  writeBudget,
  deleteBudget,
  readBudgetOutlook,
  listAlerts,
  writeAlert,
  deleteAlert,
  testAlert,
  listDeployments,
  writeDeployment,
  deleteDeployment,
  listRollouts,
  startRollout,
  changeRollout,
  endRollout,
  readPublishing,
  writePublishing,
  listProposals,
  decideProposal,
  readSpend,
  readSpendOverview,
  compareSpend,
  deleteTextLogging,
  eraseKey,
  readPrivacy,
  listKeptTexts,
  readText,
  reportKey,
  writeRecordDays,
  writeTextLogging,
} as const satisfies Record<string, AnyCall>;
export type CallName = keyof typeof calls;

export { AlertDelivery, AlertTrigger } from './alert-shape.ts';
export { AlertView } from './alerts.ts';
export { AuditView } from './audit.ts';
export { BudgetView } from './budgets.ts';
export { CaseResult } from './cases.ts';
export { ConfidenceStep, mostCalledTexts, TriedClassifier } from './classifiers.ts';
export {
  columnOctetsPath,
  type ModelsAndPrices,
  readColumnOctets,
  SignalLeftOut,
  writeColumnOctets,
} from './column-octets.ts';
export { PolicyReference, PoolShape, Trial } from './decide.ts';
export type { AnyCall, BodyOf, Call, Method, ParamsOf, QueryOf, ResponseOf } from './define-call.ts';
export { Forecast } from './forecasts.ts';
export { TargetHealthShape } from './health.ts';
export {
  type ImportedPolicy,
  type LeftBehind,
  type NamedModel,
  type PolicyFormatName,
  policyFormatLabels,
  policyFormatNames,
} from './import-policy.ts';
export { KeySummary } from './keys.ts';
export { ModelDetail, ModelSummary, PriceRow } from './models.ts';
export { AccountView, GrantShape, SessionView } from './people.ts';
export {
  may,
  mayCall,
  mayIn,
  type Permission,
  type Principal,
  permissions,
  permissionsOf,
  Role,
  type RoleGrant,
  roles,
  teamsWhere,
} from './permissions.ts';
export { PolicySummary } from './policies.ts';
export { Presence } from './presence.ts';
export { KeyHolding, PrivacyView } from './privacy.ts';
export { Proposal, PublishingRules, PublishLimits } from './proposal-shape.ts';
export { KeyCheck, ProviderKey, ProviderSummary } from './providers.ts';
export { TrafficEvent, trafficStreamPath } from './records.ts';
export { EndedRollout, RolloutGuards, RolloutShape, RunningRollout } from './rollout-shape.ts';
export { RolloutView } from './rollouts.ts';
export { Deployment } from './settings.ts';
export { ApiError, PolicyEnvelope, PolicyUse, VersionSummary } from './shapes.ts';
export { type SignOnView, signOnCallbackPath, signOnStartPath } from './sign-on.ts';
export {
  changesCsvPath,
  KeptSimulation,
  type Outcome,
  SimulationHead,
} from './simulations.ts';
export { ForecastShape, SpendExportQuery, SpendMeasures, spendExportPath } from './spend.ts';
export { ProjectView, TeamView } from './teams.ts';
export {
  type UsageDimension,
  type UsageGrain,
  type UsageOrigin,
  usageDimensions,
  usageGrains,
} from './usage-shape.ts';
