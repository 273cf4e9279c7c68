import { checkExpression, type Expr, signalsOf } from '../expression/index.ts';
import { kindOf, type PolicyNode } from '../nodes/index.ts';
import type { Decision, Plan, Step } from '../plan/index.ts';
import type { Policy } from '../policy/index.ts';
import { definitionOf, isSignalName, readSignal, type SignalName, type Signals } from '../signals/index.ts';
import { explainPool, poolOf } from './explain-pool.ts';
import { explainCascade, explainLimit, explainTransform, explainTry } from './explain-ways.ts';
import { nameOf } from './name-of.ts';
import { scorePool } from './score-pool.ts';
import { showSignal } from './show-signal.ts';

/** Why a request went the way it did at one node. */
export interface Reason {
  readonly node: string;
  readonly sentence: string;
}

/**
 * A decision as sentences, one a step, in order of the path, with the request's own values put in. With the plan, pools
 * say how every candidate did.
 */
export function explainDecision(
  policy: Policy,
  decision: Decision,
  signals: Signals,
  plan?: Plan,
): readonly Reason[] {
  return decision.path.map((step) => {
    const pool = plan === undefined ? undefined : poolOf(plan, decision, step.node);
    const sentence =
      pool === undefined ? explainStep(policy, step, signals) : explainPool(scorePool(pool, signals), step);
    return { node: step.node, sentence };
  });
}

function explainStep(policy: Policy, step: Step, signals: Signals): string {
  const node = policy.nodes[step.node];
  if (node === undefined) return `The policy has no node "${step.node}" any more.`;
  const to = destination(policy, node, step);
  switch (node.kind) {
    case 'classifier':
      return `${explainClassifier(node, step, signals)} ${to}`;
    case 'condition':
      return `${explainCondition(node, step, signals)} ${to}`;
    case 'split':
      return `${explainSplit(node, step, signals)} ${to}`;
    case 'fallback':
      return explainTry(policy, node, step);
    case 'limit':
      return `${explainLimit(step, node, signals)} ${to}`;
    case 'transform':
      return `${explainTransform(node, step)} ${to}`.trim();
    case 'cascade':
      return explainCascade(policy, node, step);
    case 'pool':
      return 'The best of several models is called.';
    case 'model':
      return `${node.target} is called.`;
    case 'output':
      return `It leaves by the output ${nameOf(policy, step.node)}. ${to}`.trim();
    case 'refuse':
      return `The request is refused with ${node.status}: “${node.message}”`;
  }
}

/** “so it goes to ‘Strong’.” */
function destination(policy: Policy, node: PolicyNode, step: Step): string {
  const port = kindOf(node)
    .ports(node)
    .find((one) => one.id === step.port);
  return port === undefined || port.to === null ? '' : `So it goes to ${nameOf(policy, port.to)}.`;
}

function explainClassifier(
  node: Extract<PolicyNode, { kind: 'classifier' }>,
  step: Step,
  signals: Signals,
): string {
  const own = node.classifier === 'task' ? undefined : node.classifier;
  const label =
    own === undefined
      ? readSignal(signals, 'task.label')
      : (readSignal(signals, 'classifiers.label')?.[own] ?? null);
  const confidence =
    own === undefined
      ? readSignal(signals, 'task.confidence')
      : (readSignal(signals, 'classifiers.confidence')?.[own] ?? null);
  if (label === null || confidence === null)
    return 'What is asked was never classified, so the request leaves by “otherwise”.';
  const sure = `${Math.round(confidence * 100)} % sure`;
  const task = label.replaceAll('_', ' ');
  if (confidence < node.confidence) {
    return `It looks like ${task}, but the classifier is only ${sure} and ${Math.round(node.confidence * 100)} % is needed.`;
  }
  return step.port === label
    ? `It is ${task} (${sure}).`
    : `It is ${task} (${sure}), which has no way of its own here.`;
}

function explainCondition(
  node: Extract<PolicyNode, { kind: 'condition' }>,
  step: Step,
  signals: Signals,
): string {
  const taken = node.cases.find((one) => one.id === step.port);
  if (taken !== undefined) return `${withValues(taken.when, signals)} is true.`;
  const asked = node.cases.map((one) => withValues(one.when, signals)).join('; ');
  const doubt = step.undetermined ? ' (something in it could not be determined)' : '';
  return node.cases.length === 0 ? 'Nothing is asked here.' : `No case is true${doubt}: ${asked}.`;
}

/** `request.input_tokens > 60000` → `request.input_tokens > 60000 (input tokens: 812)`. */
function withValues(text: string, signals: Signals): string {
  const checked = checkExpression(text);
  const values = checked.kind === 'ok' ? valuesOf(checked.expr, signals) : '';
  return `${text}${values === '' ? '' : ` (${values})`}`;
}

function valuesOf(expr: Expr, signals: Signals): string {
  return signalsOf(expr)
    .map((name) => `${shortName(name)}: ${showSignal(name, readSignal(signals, name))}`)
    .join(', ');
}

function shortName(name: SignalName): string {
  return (name.split('.').at(-1) ?? name).replaceAll('_', ' ');
}

function explainSplit(node: Extract<PolicyNode, { kind: 'split' }>, step: Step, signals: Signals): string {
  const arm = node.arms.find((one) => one.id === step.port);
  const share = `${Math.round((arm?.share ?? 0) * 1_000) / 10} %`;
  const by = isSignalName(node.by) && node.by !== 'draw' ? readSignal(signals, node.by) : null;
  if (by === null || by === '') return `The request drew the arm that gets ${share}.`;
  return `${capitalise(definitionOf(node.by as SignalName).name)} ${JSON.stringify(by)} always falls on the arm that gets ${share}.`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
