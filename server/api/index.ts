/** What the studio calls: a handler for every call of the contract, one file a resource. */
import type { CallName, calls } from '../contract/index.ts';
import { deleteAlert, listAlerts, testAlert, writeAlert } from './alerts.ts';
import { exportAudit, listAudit, verifyAudit } from './audit.ts';
import { deleteBudget, listBudgets, readBudgetOutlook, writeBudget } from './budgets.ts';
import { readCases, writeCases } from './cases.ts';
import { readClassifierTraffic } from './classifier-traffic.ts';
import { tryClassifier } from './classifiers.ts';
import { tryRequest } from './decide.ts';
import { deleteDeployment, listDeployments, writeDeployment } from './deployments.ts';
import { readFlow } from './flow.ts';
import { readForecasts } from './forecasts.ts';
import type { Handler } from './handler.ts';
import { readTargetHealth } from './health.ts';
import { importPolicy } from './import-policy.ts';
import { changeKey, createKey, deleteKey, listKeys, rotateKey } from './keys.ts';
import { deleteModel, listModels, readModel, writeModel } from './models.ts';
import { acceptInvite, changePassword } from './passwords.ts';
import { inviteAccount, linkAccount, listAccounts, writeAccount } from './people.ts';
import { listSessions, revokeSession } from './people-sessions.ts';
import { checkText, createPolicy, deletePolicy, listPolicies, readPolicy, writeDraft } from './policies.ts';
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
import { checkProvider, listProviders } from './providers.ts';
import { publishPolicy, readVersion } from './publish.ts';
import { decideProposal, listProposals, readPublishing, writePublishing } from './publishing.ts';
import { listRecords, readRecord, summarizeRecords } from './records.ts';
import { rollBackPolicy } from './roll-back.ts';
import { changeRollout, endRollout, listRollouts, startRollout } from './rollouts.ts';
import { createOwner, readSession, signIn, signOut } from './session.ts';
import { readSignOn, writeSignOn } from './sign-on.ts';
import { cancelSimulationRun, readSimulationRun, simulatePolicy, sweepPolicy } from './simulate.ts';
import { readOutcome } from './simulation-outcome.ts';
import { keepSimulation, listChangedDecisions, listSimulations, readSimulation } from './simulations.ts';
import { compareSpend, readSpend, readSpendOverview } from './spend.ts';
import { readStatus } from './status.ts';
import { listTeams, writeProject, writeTeam } from './teams.ts';
import { listTemplates } from './templates.ts';
import {
  addProviderKey,
  deleteProvider,
  removeProviderKey,
  rotateProviderKeys,
  writeProvider,
} from './write-provider.ts';

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
