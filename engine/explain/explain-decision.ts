import { checkExpression, type Expr, signalsOf } from '../expression/index.ts';
import { amountText, errorClassLabels, kindOf, type PolicyNode } from '../nodes/index.ts';
import type { Decision, Step } from '../plan/index.ts';
import type { Policy } from '../policy/index.ts';
import { definitionOf, isSignalName, readSignal, type SignalName, type Signals } from '../signals/index.ts';
import { showSignal } from './show-signal.ts';

/** Why a request went the way it did at one node. */
export interface Reason {
  readonly node: string;
  readonly sentence: string;
}

/** A decision as sentences, one a step, in order of the path, with the request's own values put in. */
export function explainDecision(policy: Policy, decision: Decision, signals: Signals): readonly Reason[] {
  return decision.path.map((step) => ({ node: step.node, sentence: explainStep(policy, step, signals) }));
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
      return step.port === 'to' ? `The request is changed. ${to}` : 'It has images, and none are taken here.';
    case 'cascade':
      return explainCascade(policy, node, step);
    case 'pool':
      return 'The best of several models is called.';
    case 'model':
      return `${node.target} is called.`;
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

/** A node by the name people gave it: its label, else its target, else its id. */
export function nameOf(policy: Policy, id: string): string {
  const node = policy.nodes[id];
  if (node?.label !== undefined) return `“${node.label}”`;
  return node?.kind === 'model' ? node.target : `“${id}”`;
}

function explainClassifier(
  node: Extract<PolicyNode, { kind: 'classifier' }>,
  step: Step,
  signals: Signals,
): string {
  const label = readSignal(signals, 'task.label');
  const confidence = readSignal(signals, 'task.confidence');
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

function explainLimit(step: Step, node: Extract<PolicyNode, { kind: 'limit' }>, signals: Signals): string {
  const used = readSignal(signals, 'limits.used')?.[step.node];
  const bound = amountText(node);
  if (used === undefined) return `What is used of ${bound} is not known, so the request counts as within.`;
  return `${used} of ${bound} is used${step.port === 'over' ? ', which is all of it' : ''}.`;
}

function explainCascade(policy: Policy, node: Extract<PolicyNode, { kind: 'cascade' }>, step: Step): string {
  const to = step.port === 'first' ? node.first : node.then;
  const name = to === null ? 'nothing' : nameOf(policy, to);
  return step.port === 'first' ? `${name} is asked first.` : `If its answer is not accepted: ${name}.`;
}

function explainTry(policy: Policy, node: Extract<PolicyNode, { kind: 'fallback' }>, step: Step): string {
  const at = Number(step.port) - 1;
  const to = node.try[at];
  const name = to === undefined ? 'nothing' : nameOf(policy, to);
  if (at === 0) return `${name} is tried first.`;
  const on = node.on.map((error) => errorClassLabels[error].toLowerCase()).join(', ');
  return `If that fails by ${on}: ${name}.`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
