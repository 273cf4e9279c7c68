import { type Decision, decide, pathText, plainCall } from '#engine/plan/index.ts';
import type { Signals } from '#engine/signals/index.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';
import type { PlanDirectory } from './plan-directory.ts';

/** A decision and who made it. */
export interface Decided {
  readonly kind: 'decided';
  /** Empty where the request named a target itself and no policy decided. */
  readonly policyId: string;
  readonly version: number;
  readonly hash: string;
  readonly decision: Decision;
  /** The path as text, for header and record. */
  readonly path: string;
}

const nobody: readonly never[] = Object.freeze([]);

/** What the policy behind a `model` decides, or that there is no such thing. */
export function decideRequest(
  model: string,
  signals: Signals,
  plans: PlanDirectory,
): Decided | GatewayProblem {
  const resolved = plans.resolve(model);
  switch (resolved.kind) {
    case 'policy': {
      const { policyId, version, plan } = resolved;
      const decision = decide(plan, signals);
      return { kind: 'decided', policyId, version, hash: plan.hash, decision, path: pathText(decision.path) };
    }
    case 'target':
      return {
        kind: 'decided',
        policyId: '',
        version: 0,
        hash: '',
        decision: directDecision(resolved.target),
        path: '',
      };
    case 'unknown':
      return makeProblem(404, 'model_not_found', resolved.message, 'model');
  }
}

/** One attempt at the target named, with nothing changed and nowhere to move on to. */
function directDecision(target: string): Decision {
  return {
    path: nobody,
    attempts: [plainCall('', target)],
  };
}
