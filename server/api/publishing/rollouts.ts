import { type calls, mayIn, type RolloutView } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import {
  beginRollout,
  endRollout as endIt,
  RolloutRefused,
  runningIn,
  stepRollout,
} from '../../rollout/change-rollout.ts';
import { alpha } from '../../rollout/judge-rollout.ts';
import type { StoredDeployment } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { refuseFileAlias } from './deployments.ts';

export const listRollouts: Handler<typeof calls.listRollouts> = ({ principal }, installation) => {
  // Figures are sums over all teams.
  const hasFigures = mayIn(principal, 'traffic.read', null);
  const { deployments, rollouts } = installation.store.read();
  return {
    running: deployments.flatMap((one) =>
      one.rollout === undefined ? [] : [describe(one, installation, hasFigures)],
    ),
    ended: rollouts.toReversed(),
  };
};

export const startRollout: Handler<typeof calls.startRollout> = async (
  { params: { alias }, body: { candidate, ...shape }, actor },
  installation,
) => {
  const { store, clock } = installation;
  refuseFileAlias(alias, installation);
  const at = new Date(clock()).toISOString();
  const of = { policyId: candidate.policy, version: candidate.version };
  const after = { candidate: of, mode: shape.mode, steps: shape.steps, guards: shape.guards };
  await refused(() =>
    store.update({ actor, action: 'rollout.start', subject: alias, before: null, after }, (state) =>
      beginRollout(state, alias, { shape, candidate: of, at, by: actor }),
    ),
  );
  return viewOf(alias, installation);
};

export const changeRollout: Handler<typeof calls.changeRollout> = async (
  { params: { alias }, body: { paused, step }, actor },
  installation,
) => {
  const { store, clock } = installation;
  const { rollout } = refusedNow(() => runningIn(store.read(), alias));
  if (step !== undefined && step >= rollout.steps.length) {
    throw new ApiFailure(
      400,
      'invalid_request',
      `body.step: there are steps 0 to ${rollout.steps.length - 1}.`,
    );
  }
  const before = { step: rollout.step, paused: rollout.paused };
  const change = {
    ...(paused === undefined ? {} : { paused }),
    ...(step === undefined ? {} : { step, stepSince: new Date(clock()).toISOString() }),
  };
  await refused(() =>
    store.update({ actor, action: 'rollout.change', subject: alias, before, after: change }, (state) =>
      stepRollout(state, alias, change),
    ),
  );
  return viewOf(alias, installation);
};

export const endRollout: Handler<typeof calls.endRollout> = async (
  { params: { alias }, body: { outcome, reason }, actor },
  installation,
) => {
  const { store, clock } = installation;
  const at = new Date(clock()).toISOString();
  const before = refusedNow(() => runningIn(store.read(), alias)).rollout;
  const actions = { promoted: 'promote', rolled_back: 'roll_back', stopped: 'stop' } as const;
  const action = `rollout.${actions[outcome]}`;
  const end = { outcome, reason: reason === '' ? `${actor} ended it.` : reason, at, by: actor };
  const after = { outcome, reason: end.reason };
  const state = await refused(() =>
    store.update({ actor, action, subject: alias, before: { candidate: before.candidate }, after }, (now) =>
      endIt(now, alias, end),
    ),
  );
  const ended = state.rollouts.findLast((one) => one.alias === alias);
  if (ended === undefined) throw new Error(`The rollout on ${alias} ended without a trace.`);
  return ended;
};

function viewOf(alias: string, installation: Installation): RolloutView {
  const deployment = installation.store.read().deployments.find((one) => one.alias === alias);
  if (deployment?.rollout === undefined)
    throw new ApiFailure(404, 'no_rollout', `The rollout on "${alias}" ended meanwhile.`);
  return describe(deployment, installation);
}

function describe(
  { alias, policyId, version, rollout }: StoredDeployment,
  { rollouts }: Installation,
  hasFigures = true,
): RolloutView {
  if (rollout === undefined) throw new Error(`"${alias}" has no rollout.`);
  const nothing = { requests: 0, failed: 0, latencyMs: null, costNanoUsd: null };
  const seen = hasFigures ? rollouts.figuresOf(alias) : undefined;
  const guards = seen?.guards ?? [];
  return {
    alias,
    baseline: { policyId, version: version ?? 0 },
    rollout,
    figures: {
      baseline: seen?.baseline ?? nothing,
      candidate: seen?.candidate ?? nothing,
      guards: guards.map((guard) => ({ ...guard })),
      givesWayBelow: alpha / Math.max(1, guards.length),
    },
  };
}

const statuses: Readonly<Record<RolloutRefused['code'], number>> = {
  alias_missing: 404,
  no_rollout: 404,
  not_published: 409,
  rollout_running: 409,
  same_version: 409,
};

function failureOf(cause: unknown): unknown {
  return cause instanceof RolloutRefused
    ? new ApiFailure(statuses[cause.code], cause.code, cause.message)
    : cause;
}

async function refused<T>(change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (cause) {
    throw failureOf(cause);
  }
}

function refusedNow<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw failureOf(cause);
  }
}
