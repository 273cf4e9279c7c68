/** What the studio calls: a handler for every call of the contract, one file a resource. */
import type { CallName, calls } from '../contract/index.ts';
import { readClassifierTraffic } from './classifiers/classifier-traffic.ts';
import { tryClassifier } from './classifiers/classifiers.ts';
import type { Handler } from './handler.ts';
import { readTargetHealth } from './models/health.ts';
import { deleteModel, listModels, readModel, writeModel } from './models/models.ts';
import { checkProvider, listProviders } from './models/providers.ts';
import {
  addProviderKey,
  deleteProvider,
  removeProviderKey,
  rotateProviderKeys,
  writeProvider,
} from './models/write-provider.ts';
import { deleteAlert, listAlerts, testAlert, writeAlert } from './money/alerts.ts';
import { deleteBudget, listBudgets, readBudgetOutlook, writeBudget } from './money/budgets.ts';
import { compareSpend, readSpend, readSpendOverview } from './money/spend.ts';
import { exportAudit, listAudit, verifyAudit } from './oversight/audit.ts';
import {
  deleteTextLogging,
  eraseKey,
  listKeptTexts,
  readPrivacy,
  readText,
  reportKey,
  writeRecordDays,
  writeTextLogging,
} from './oversight/privacy.ts';
import { acceptInvite, changePassword, readInvite } from './people/passwords.ts';
import { inviteAccount, linkAccount, listAccounts, writeAccount } from './people/people.ts';
import { listSessions, revokeSession } from './people/people-sessions.ts';
import { createOwner, readSession, signIn, signOut } from './people/session.ts';
import { readSignOn, writeSignOn } from './people/sign-on.ts';
import { readCases, writeCases } from './policies/cases.ts';
import { tryRequest } from './policies/decide.ts';
import { importPolicy } from './policies/import-policy.ts';
import {
  checkText,
  createPolicy,
  deletePolicy,
  listPolicies,
  readPolicy,
  writeDraft,
} from './policies/policies.ts';
import { notePresence } from './policies/presence.ts';
import { listTemplates } from './policies/templates.ts';
import { deleteDeployment, listDeployments, writeDeployment } from './publishing/deployments.ts';
import { readForecasts } from './publishing/forecasts.ts';
import { publishPolicy, readVersion } from './publishing/publish.ts';
import { decideProposal, listProposals, readPublishing, writePublishing } from './publishing/publishing.ts';
import { rollBackPolicy } from './publishing/roll-back.ts';
import { changeRollout, endRollout, listRollouts, startRollout } from './publishing/rollouts.ts';
import { readStatus } from './status.ts';
import { changeKey, createKey, deleteKey, listKeys, rotateKey } from './teams/keys.ts';
import { listTeams, writeProject, writeTeam } from './teams/teams.ts';
import { readFlow } from './traffic/flow.ts';
import { listRecords, readRecord, summarizeRecords } from './traffic/records.ts';
import { cancelSimulationRun, readSimulationRun, simulatePolicy, sweepPolicy } from './what-if/simulate.ts';
import { readOutcome } from './what-if/simulation-outcome.ts';
import {
  keepSimulation,
  listChangedDecisions,
  listSimulations,
  readSimulation,
} from './what-if/simulations.ts';

export const handlers: { readonly [N in CallName]: Handler<(typeof calls)[N]> } = {
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
  sweepPolicy,
  keepSimulation,
  listSimulations,
  readSimulation,
  listChangedDecisions,
  readOutcome,
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
};

export { describeApi } from './describe-api.ts';
export { makeApi, makeOpenApi } from './make-api.ts';
