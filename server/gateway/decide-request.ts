import { type Decision, decide, pathText, plainCall, targetsOf } from '#engine/plan/index.ts';
import { readSignal, type Signals, withSignals } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import type { Pass } from '../governance/index.ts';
import type { PassedLimit } from '../live/index.ts';
import { servesCandidate } from '../rollout/choose-arm.ts';
import { decideClassified } from './ask-classifiers.ts';
import type { OnBehalf } from './ask-model.ts';
import { explainRefusals } from './explain-refusal.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';
import type { MadeAttempt } from './made-attempt.ts';
import type { Resolved, ServedVersion } from './plan-directory.ts';

/** A decision and who made it. */
export interface Decided {
  readonly kind: 'decided';
  /** Empty where the request named a target itself and no policy decided. */
  readonly policyId: string;
  readonly version: number;
  readonly hash: string;
  readonly decision: Decision;
  /** What was decided on: the signals of the request with what its policy’s limits have used. */
  readonly signals: Signals;
  /** Calls that own classifiers took. */
  readonly asked: readonly MadeAttempt[];
  /** Limits that let it through. */
  readonly passed: readonly PassedLimit[];
  /** The path as text, for header and record. */
  readonly path: string;
  /** What a version in shadow would have decided, as JSON for the record; empty without one. */
  readonly shadow: string;
}

const nobody: readonly never[] = Object.freeze([]);

/** What a policy's own classifiers are asked about, and on whose behalf. */
export interface ToClassify {
  readonly text: string;
  readonly behalf: OnBehalf;
}

/**
 * What the policy behind a `model` decides, or that there is no such thing. With the live state, limits are asked and
 * counted, and classifiers may be called; without it nothing is taken, for a question that is only a question.
 */
export async function decideRequest(
  model: string,
  signals: Signals,
  { plans, live, classifiers }: Pick<Context, 'plans'> & Partial<Pick<Context, 'live' | 'classifiers'>>,
  question?: ToClassify,
  pass: Pick<Pass, 'whyNotAsked'> | undefined = question?.behalf.pass,
): Promise<Decided | GatewayProblem> {
  const resolved = plans.resolve(model);
  const forbidden = resolved.kind === 'unknown' ? undefined : pass?.whyNotAsked(model, resolved);
  if (forbidden !== undefined) return makeProblem(403, 'model_not_allowed', forbidden, 'model');
  switch (resolved.kind) {
    case 'policy': {
      const { rollout } = resolved;
      const { policyId, version, plan } = servedBy(resolved, signals);
      const at = readSignal(signals, 'time.at') ?? 0;
      const used = live?.limits.used(policyId, plan.limits, signals, at);
      const seen =
        used === undefined || plan.limits.length === 0
          ? signals
          : withSignals(signals, { 'limits.used': used });
      const made =
        plan.classifiers.length === 0 || classifiers === undefined || question === undefined
          ? { decision: decide(plan, seen), signals: seen, attempts: nobody }
          : await decideClassified(plan, seen, question, classifiers);
      const { attempts: asked } = made;
      const decision = explainRefusals(plan, made.decision, made.signals);
      const passed = live?.limits.pass(policyId, plan.limits, decision.path, made.signals, at) ?? nobody;
      const path = pathText(decision.path);
      const shadow = rollout?.mode === 'shadow' ? inShadow(rollout.candidate, made.signals) : '';
      const by = { policyId, version, hash: plan.hash };
      return { kind: 'decided', ...by, decision, signals: made.signals, asked, passed, path, shadow };
    }
    case 'target':
      return {
        kind: 'decided',
        policyId: '',
        version: 0,
        hash: '',
        decision: directDecision(resolved.target),
        signals,
        asked: nobody,
        passed: nobody,
        path: '',
        shadow: '',
      };
    case 'unknown':
      return makeProblem(404, 'model_not_found', resolved.message, 'model');
  }
}

/** The version that serves this request: the alias's own, or the candidate of its rollout. */
function servedBy(resolved: Extract<Resolved, { kind: 'policy' }>, signals: Signals): ServedVersion {
  const { rollout } = resolved;
  if (rollout?.mode !== 'canary') return resolved;
  return servesCandidate(rollout.alias, rollout.share, signals) ? rollout.candidate : resolved;
}

/** Decided for nobody: no limit is counted and nothing is asked. */
function inShadow({ policyId, version, plan }: ServedVersion, signals: Signals): string {
  const decision = decide(plan, signals);
  return JSON.stringify({
    policy: policyId,
    version,
    path: pathText(decision.path),
    targets: targetsOf(decision),
  });
}

/** One attempt at the target named, with nothing changed and nowhere to move on to. */
function directDecision(target: string): Decision {
  return {
    path: nobody,
    attempts: [plainCall('', target)],
  };
}
