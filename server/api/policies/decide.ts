import { costOf, noUsage, priceOf } from '#engine/catalogue/index.ts';
import { explainDecision, type PoolScore, scorePools } from '#engine/explain/index.ts';
import {
  type Attempt,
  compilePolicy,
  type Decision,
  decide,
  type Plan,
  pathText,
} from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import {
  type Caller,
  checkNamedSignals,
  nameSignals,
  readSignal,
  type Signals,
  signalsFrom,
  withSignals,
} from '#engine/signals/index.ts';
import { modelFactsOf } from '../../catalogue/model-facts.ts';
import type { BodyOf, calls, Trial } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { intake } from '../../gateway/intake.ts';
import { lastUserText, measure } from '../../gateway/measure.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireCompiles } from './policies.ts';
import { resolveForPlan } from './resolve-reference.ts';

/** Output of a typical answer, in tokens, where the request sets no lower limit. */
const typicalOutputTokens = 400;
/** Nobody in particular: a try in the studio comes with no key. */
const studioCaller: Caller = { key: 'studio', team: 'default', project: '', tags: [] };

export const tryRequest: Handler<typeof calls.tryRequest> = ({ body }, installation) => {
  const { policy, pools } = resolveForPlan(body.policy, installation);
  requireCompiles(policy, installation);
  const compiled = compilePolicy(policy, { pools, models: modelFactsOf(installation) });
  if (compiled.kind === 'bad') throw new Error('A policy compiled with targets but not without.');
  const signals = classifyLocally(compiled.plan, readSignals(body, installation), body, installation);
  return describeTrial(policy, compiled.plan, decide(compiled.plan, signals), signals, installation);
};

/** What the policy's own classifiers say, as far as they need no call and the signals do not say it already. */
function classifyLocally(
  { classifiers: asked }: Plan,
  signals: Signals,
  { request }: BodyOf<typeof calls.tryRequest>,
  { classifiers }: Installation,
): Signals {
  const text = request === undefined ? undefined : textOf(request);
  if (text === undefined) return signals;
  const label: Record<string, string> = { ...readSignal(signals, 'classifiers.label') };
  const confidence: Record<string, number> = { ...readSignal(signals, 'classifiers.confidence') };
  for (const { id, classifier } of asked) {
    if (Object.hasOwn(label, id) || !classifiers.isLocal(classifier)) continue;
    const answer = classifiers.answerNow(classifier, { text, signals });
    label[id] = answer.label;
    confidence[id] = answer.confidence;
  }
  return withSignals(signals, { 'classifiers.label': label, 'classifiers.confidence': confidence });
}

function textOf({ dialect, body }: NonNullable<BodyOf<typeof calls.tryRequest>['request']>): string {
  const taken = intake(Buffer.from(JSON.stringify(body)), {}, dialect);
  return taken.kind === 'taken-in' ? lastUserText(taken.request) : '';
}

/** Signals measured from the request, those given by name in their place. */
function readSignals(body: BodyOf<typeof calls.tryRequest>, installation: Installation): Signals {
  const checked = checkNamedSignals(body.signals ?? {});
  if (checked.kind === 'bad') throw new ApiFailure(400, 'invalid_signals', checked.problems.join(' '));
  if (body.request === undefined) return checked.signals;
  const { dialect, body: wire } = body.request;
  const taken = intake(Buffer.from(JSON.stringify(wire)), {}, dialect);
  if (taken.kind !== 'taken-in') throw new ApiFailure(400, 'invalid_request', taken.message);
  const measured = measure(taken.request, studioCaller, installation.clock(), installation);
  return signalsFrom({ ...nameSignals(measured), ...nameSignals(checked.signals) });
}

/** A decision with its reasons, what follows on failure, and expected costs; what `waybill decide --json` prints. */
export function describeTrial(
  policy: Policy,
  plan: Plan,
  decision: Decision,
  signals: Signals,
  installation: Pick<Installation, 'priceBook'>,
): Trial {
  const pools = scorePools(plan, decision, signals);
  const [first] = decision.attempts;
  const refusal = first?.kind === 'refuse' ? { ...first.refusal } : null;
  return {
    signals: { ...nameSignals(signals) },
    path: decision.path.map((step) => ({ ...step })),
    pathText: pathText(decision.path),
    reasons: [...explainDecision(policy, decision, signals, plan)],
    refusal,
    attempts: decision.attempts.flatMap((attempt) =>
      attempt.kind === 'call' ? [describeAttempt(attempt, decision, pools, signals, installation)] : [],
    ),
    pools: pools.map((pool) => ({
      ...pool,
      candidates: pool.candidates.map((candidate) => ({ ...candidate })),
    })),
  };
}

function describeAttempt(
  attempt: Extract<Attempt, { kind: 'call' }>,
  { attempts }: Decision,
  pools: readonly PoolScore[],
  signals: Signals,
  installation: Pick<Installation, 'priceBook'>,
): Trial['attempts'][number] {
  const nameOf = (index: number) => {
    const next = attempts[index];
    return next === undefined || next.kind === 'refuse' ? `refusal ${next?.node ?? ''}` : next.target;
  };
  return {
    node: attempt.node,
    target: attempt.target,
    movesOn: Object.entries(attempt.moves).map(([on, to]) => ({ on, to: nameOf(to) })),
    expectedCostNanoUsd: scoredCost(attempt, pools) ?? expectCost(attempt, signals, installation),
  };
}

/** What the pool reckoned, which knows of a warm prompt cache. */
function scoredCost(
  { node, target }: Extract<Attempt, { kind: 'call' }>,
  pools: readonly PoolScore[],
): number | null | undefined {
  const pool = pools.find((one) => one.node === node);
  return pool?.candidates.find((candidate) => candidate.target === target)?.costNanoUsd;
}

/** The estimated input at the target's price, and an answer of 400 tokens, or of the limit where that is lower. */
function expectCost(
  { target, changes: { parameters } }: Extract<Attempt, { kind: 'call' }>,
  signals: Signals,
  { priceBook }: Pick<Installation, 'priceBook'>,
): number | null {
  const inputTokens = readSignal(signals, 'request.input_tokens');
  if (inputTokens === null) return null;
  const asked = readSignal(signals, 'request.max_output_tokens') ?? 0;
  const limits = [asked === 0 ? undefined : asked, parameters.max_output_tokens];
  const outputTokens = Math.min(typicalOutputTokens, ...limits.filter((limit) => limit !== undefined));
  const cost = costOf({ ...noUsage, inputTokens, outputTokens }, priceOf(priceBook, target));
  return cost === 'unpriced' ? null : cost;
}
