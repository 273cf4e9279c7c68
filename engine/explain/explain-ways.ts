import { amountText, errorClassLabels, type PolicyNode, redactLabels } from '../nodes/index.ts';
import type { Step } from '../plan/index.ts';
import type { Policy } from '../policy/index.ts';
import { readSignal, type Signals } from '../signals/index.ts';
import { nameOf } from './name-of.ts';
import { showCount } from './show-figures.ts';

type Kind<K extends PolicyNode['kind']> = Extract<PolicyNode, { kind: K }>;

/** How much of a limit was used. */
export function explainLimit(step: Step, node: Kind<'limit'>, signals: Signals): string {
  const used = readSignal(signals, 'limits.used')?.[step.node];
  const bound = amountText(node);
  if (used === undefined) return `What is used of ${bound} is not known, so the request counts as within.`;
  const spent = node.unit === 'usd' ? `$${Math.round(used * 1e4) / 1e4}` : showCount(used);
  return step.port === 'over'
    ? `${spent} of ${bound} is used, so this limit is reached.`
    : `${spent} of ${bound} is used.`;
}

/** What a transform changes, or that it takes no images. */
export function explainTransform(node: Kind<'transform'>, step: Step): string {
  if (step.port !== 'to') return 'The request has images, and none are taken here, so it is refused.';
  const words = changesOf(node);
  if (words.length === 0) return 'The request is not changed.';
  const [first = '', ...rest] = words;
  return `${[`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...rest].join(', ')}.`;
}

function changesOf({ parameters, system, images, redact }: Kind<'transform'>): readonly string[] {
  const cap = parameters?.max_output_tokens;
  return [
    ...(cap === undefined ? [] : [`the answer is capped at ${showCount(cap)} tokens`]),
    ...(parameters?.temperature === undefined ? [] : [`the temperature is set to ${parameters.temperature}`]),
    ...(parameters?.reasoning_effort === undefined
      ? []
      : [`the reasoning effort is set to ${parameters.reasoning_effort}`]),
    ...(system === undefined ? [] : ['a system prompt is put before the client’s']),
    ...(images === 'strip' ? ['images are left out'] : []),
    ...(redact.length === 0 ? [] : [`${redact.map((kind) => redactLabels[kind]).join(', ')} are taken out`]),
  ];
}

/** Who is asked first, and what makes its answer good enough. */
export function explainCascade(policy: Policy, node: Kind<'cascade'>, step: Step): string {
  const to = step.port === 'first' ? node.first : node.then;
  const name = to === null ? 'nothing' : nameOf(policy, to);
  if (step.port !== 'first') return `If the answer is not accepted, or none comes: ${name}.`;
  return `${name} is asked first; its answer is taken if it ${acceptWords(node).join(' and ')}.`;
}

function acceptWords({ accept }: Kind<'cascade'>): readonly string[] {
  return [
    ...(accept.schema === true ? ['fits the JSON schema asked for'] : []),
    ...(accept.no_refusal === true ? ['is no refusal'] : []),
    ...(accept.min_characters === undefined
      ? []
      : [`has ${showCount(accept.min_characters)} characters or more`]),
    ...(accept.min_logprob === undefined
      ? []
      : [`is sure of its words (log probability ${accept.min_logprob} or more)`]),
    ...(accept.judge === undefined
      ? []
      : [`gets ${Math.round(accept.judge.at_least * 100)} % or more from ${accept.judge.target}`]),
  ];
}

/** A try of a fallback, and after which failures. */
export function explainTry(policy: Policy, node: Kind<'fallback'>, step: Step): string {
  const at = Number(step.port) - 1;
  const to = node.try[at];
  const name = to === undefined ? 'nothing' : nameOf(policy, to);
  if (at === 0) return `${name} is tried first.`;
  const on = node.on.map((error) => errorClassLabels[error].toLowerCase()).join(', ');
  const budget =
    node.retry_budget === undefined
      ? ''
      : `, as long as no more than ${Math.round(node.retry_budget * 1_000) / 10} % of the last minute’s requests do so`;
  return `If that fails by ${on}: ${name}${budget}.`;
}
