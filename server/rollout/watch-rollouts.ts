import type { Logger } from 'pino';
import type { TrafficEvent } from '../contract/index.ts';
import type { RunningRollout } from '../contract/rollout-shape.ts';
import { messageOf } from '../errors.ts';
import type { ConfigStore, StoredDeployment } from '../store/config-store.ts';
import type { TrafficFeed } from '../telemetry/traffic-feed.ts';
import { Arm, type ArmFigures } from './arms.ts';
import { endRollout, RolloutRefused, runningIn, stepRollout } from './change-rollout.ts';
import { type GuardReading, judgeRollout, readGuards, type Verdict } from './judge-rollout.ts';

/** How the two sides of a rollout do, as this process has seen it since it began or the process started. */
export interface RolloutFigures {
  readonly baseline: ArmFigures;
  readonly candidate: ArmFigures;
  readonly guards: readonly GuardReading[];
}

/** Watches every rollout under way, and moves it on, promotes it or takes it back. */
export interface RolloutWatch {
  /** `undefined` where no rollout is under way. */
  figuresOf(alias: string): RolloutFigures | undefined;
  /** Looks once, as the timer does. */
  look(): Promise<void>;
  close(): void;
}

const lookEveryMs = 1_000;
const actor = 'rollout';

interface Watched {
  readonly startedAt: string;
  readonly baseline: Arm;
  readonly candidate: Arm;
}

export function watchRollouts(parts: {
  readonly store: ConfigStore;
  readonly feed: TrafficFeed;
  readonly clock: () => number;
  readonly logger: Logger;
}): RolloutWatch {
  const { store, feed, clock, logger } = parts;
  const watched = new Map<string, Watched>();
  follow(watched, store.read().deployments);
  const stopFollowing = store.subscribe(({ deployments }) => follow(watched, deployments));
  const stopListening = feed.subscribe((event) => {
    for (const [alias, arms] of watched) addTo(arms, alias, event, store.read().deployments);
  });

  async function look(): Promise<void> {
    for (const [alias, { baseline, candidate }] of [...watched]) {
      const rollout = store.read().deployments.find((one) => one.alias === alias)?.rollout;
      if (rollout === undefined) continue;
      const verdict = judgeRollout(rollout, baseline, candidate, clock());
      if (verdict.kind === 'hold') continue;
      await carryOut(store, alias, rollout, verdict, new Date(clock()).toISOString()).catch((cause) => {
        // Somebody else has moved it on meanwhile.
        if (!(cause instanceof RolloutRefused))
          logger.error({ err: cause, alias }, `a rollout cannot be moved on: ${messageOf(cause)}`);
      });
    }
  }

  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  return {
    figuresOf: (alias) => {
      const arms = watched.get(alias);
      const rollout = store.read().deployments.find((one) => one.alias === alias)?.rollout;
      if (arms === undefined || rollout === undefined) return undefined;
      const { baseline, candidate } = arms;
      const guards = readGuards(rollout, baseline, candidate);
      return { baseline: baseline.figures(), candidate: candidate.figures(), guards };
    },
    look,
    close: () => {
      clearInterval(timer);
      stopFollowing();
      stopListening();
    },
  };
}

/** Begins to count for a rollout that began, and forgets those that ended. */
function follow(watched: Map<string, Watched>, deployments: readonly StoredDeployment[]): void {
  for (const alias of [...watched.keys()]) {
    const rollout = deployments.find((one) => one.alias === alias)?.rollout;
    if (rollout?.startedAt !== watched.get(alias)?.startedAt) watched.delete(alias);
  }
  for (const { alias, rollout } of deployments) {
    if (rollout === undefined || watched.has(alias)) continue;
    watched.set(alias, { startedAt: rollout.startedAt, baseline: new Arm(), candidate: new Arm() });
  }
}

function addTo(
  { baseline, candidate }: Watched,
  alias: string,
  event: TrafficEvent,
  deployments: readonly StoredDeployment[],
): void {
  const deployment = deployments.find((one) => one.alias === alias);
  const rollout = deployment?.rollout;
  if (deployment === undefined || rollout === undefined) return;
  const { policy, version } = event;
  if (policy === rollout.candidate.policyId && version === rollout.candidate.version) candidate.add(event);
  else if (policy === deployment.policyId && version === deployment.version) baseline.add(event);
}

/** @throws {RolloutRefused} when the rollout has been moved on by somebody else. */
async function carryOut(
  store: ConfigStore,
  alias: string,
  seen: RunningRollout,
  verdict: Exclude<Verdict, { kind: 'hold' }>,
  at: string,
): Promise<void> {
  const { candidate, step } = seen;
  const before = { candidate, step, share: seen.steps[step]?.share ?? 0 };
  const mustBeAsSeen = (rollout: RunningRollout) => {
    if (rollout.startedAt === seen.startedAt && rollout.step === step && !rollout.paused) return;
    throw new RolloutRefused('no_rollout', `The rollout on "${alias}" has been changed meanwhile.`);
  };
  if (verdict.kind === 'next') {
    const after = { candidate, step: verdict.step, share: seen.steps[verdict.step]?.share ?? 0 };
    await store.update({ actor, action: 'rollout.step', subject: alias, before, after }, (state) => {
      mustBeAsSeen(runningIn(state, alias).rollout);
      return stepRollout(state, alias, { step: verdict.step, stepSince: at });
    });
    return;
  }
  const outcome = verdict.kind === 'promote' ? 'promoted' : 'rolled_back';
  const reason =
    verdict.kind === 'promote' ? 'Every step was held without a guard giving way.' : verdict.reason;
  const action = verdict.kind === 'promote' ? 'rollout.promote' : 'rollout.roll_back';
  await store.update({ actor, action, subject: alias, before, after: { outcome, reason } }, (state) => {
    mustBeAsSeen(runningIn(state, alias).rollout);
    return endRollout(state, alias, { outcome, reason, at, by: actor });
  });
}
