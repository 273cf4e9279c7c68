import { randomBytes } from 'node:crypto';
import type { StoredAlert } from '../../contract/alert-shape.ts';
import type { AlertView } from '../../contract/alerts.ts';
import { type calls, mayIn, type Principal, teamsWhere } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { signingSecret } from '../../governance/alerts/sign.ts';
import { teamOfBudget } from '../../governance/alerts/watch.ts';
import { budgetsOf } from '../../governance/make-governance.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';

const mostShown = 200;

export const listAlerts: Handler<typeof calls.listAlerts> = (_, installation) => {
  const { store, alerts } = installation;
  const teams = teamsWhere(_.principal, 'budgets.read');
  const isSeen = (team: string | null) => teams === null || (team !== null && teams.has(team));
  return {
    alerts: store
      .read()
      .alerts.filter((alert) => isSeen(teamOf(alert, installation)))
      .map(viewOf),
    deliveries: alerts
      .deliveries()
      .filter(({ team }) => isSeen(team))
      .slice(0, mostShown),
  };
};

export const writeAlert: Handler<typeof calls.writeAlert> = async (
  { params: { id }, body: { revision, ...fields }, actor, principal },
  installation,
) => {
  const { store, clock } = installation;
  const before = findAlert(id, installation);
  requireMay(principal, { ...fields, id }, installation);
  if (before !== undefined) requireMay(principal, before, installation);
  requireBudget(fields.trigger, installation);
  const nonce = before?.nonce ?? randomBytes(16).toString('hex');
  const updatedAt = new Date(clock()).toISOString();
  const written: StoredAlert = { id, ...fields, nonce, revision: revision + 1, updatedAt, updatedBy: actor };
  await store.update(
    {
      actor,
      action: 'alert.write',
      subject: id,
      before: before === undefined ? null : viewOf(before),
      after: viewOf(written),
    },
    (state) => {
      const there = state.alerts.find((one) => one.id === id);
      requireRevision(there?.revision ?? 0, revision, id);
      return { ...state, alerts: [...state.alerts.filter((one) => one !== there), written] };
    },
  );
  return {
    ...viewOf(written),
    signingSecret: before === undefined ? signingSecret(store.read().salt, written) : null,
  };
};

export const deleteAlert: Handler<typeof calls.deleteAlert> = async (
  { params: { id }, actor, principal },
  installation,
) => {
  const before = requireAlert(id, principal, installation);
  await installation.store.update(
    { actor, action: 'alert.delete', subject: id, before: viewOf(before), after: null },
    (state) => ({ ...state, alerts: state.alerts.filter((one) => one.id !== id) }),
  );
  return {};
};

export const testAlert: Handler<typeof calls.testAlert> = async (
  { params: { id }, actor, principal },
  installation,
) => {
  const alert = requireAlert(id, principal, installation);
  const delivery = await installation.alerts.test(alert);
  await installation.store.update(
    { actor, action: 'alert.test', subject: id, before: null, after: { status: delivery.status } },
    (state) => state,
  );
  return delivery;
};

function findAlert(id: string, { store }: Installation): StoredAlert | undefined {
  return store.read().alerts.find((one) => one.id === id);
}

/** @throws {ApiFailure} `alert_missing`, `not_permitted`. */
function requireAlert(id: string, principal: Principal, installation: Installation): StoredAlert {
  const found = findAlert(id, installation);
  if (found === undefined) throw new ApiFailure(404, 'alert_missing', `There is no alert "${id}".`);
  requireMay(principal, found, installation);
  return found;
}

/** @throws {ApiFailure} `not_permitted`. */
function requireMay(
  principal: Principal,
  alert: Pick<StoredAlert, 'id' | 'trigger'>,
  installation: Installation,
): void {
  const team = teamOf(alert, installation);
  if (mayIn(principal, 'alerts.manage', team)) return;
  throw new ApiFailure(
    403,
    'not_permitted',
    `Alert "${alert.id}" is about ${team === null ? 'the whole organisation' : `team ${team}`}, where your roles do not manage alerts.`,
  );
}

/** The team that an alert is about; `null`: everybody. */
function teamOf({ trigger }: Pick<StoredAlert, 'trigger'>, { store, config }: Installation): string | null {
  if (trigger.kind === 'anomaly') return trigger.team;
  const budget = budgetsOf(store.read(), config.file).find(({ id }) => id === trigger.budget);
  return budget === undefined ? null : teamOfBudget(budget, [...store.read().keys, ...config.file.keys]);
}

/** @throws {ApiFailure} `budget_missing`. */
function requireBudget(trigger: StoredAlert['trigger'], { store, config }: Installation): void {
  if (trigger.kind !== 'budget' || trigger.budget === '*') return;
  const there = budgetsOf(store.read(), config.file).some(({ id }) => id === trigger.budget);
  if (!there)
    throw new ApiFailure(
      400,
      'budget_missing',
      `There is no budget "${trigger.budget}". Name one of /api/budgets, or "*" for every budget.`,
    );
}

/** @throws {ApiFailure} `revision_conflict`. */
function requireRevision(now: number, revision: number, id: string): void {
  if (now === revision) return;
  const message =
    now === 0
      ? `There is no alert "${id}" yet: write it with revision 0.`
      : `Somebody saved the alert "${id}" in the meantime: it is at revision ${now} now, and this was made from ${revision}.`;
  throw new ApiFailure(409, 'revision_conflict', message, { revision: now });
}

/** Without what its signatures are made from. */
function viewOf({ nonce: _, ...view }: StoredAlert): AlertView {
  return view;
}
