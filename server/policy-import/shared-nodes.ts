import type { ListableErrorClass, NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { labelOf, type PolicyDraft } from './policy-draft.ts';
import { numberOf, type Source, textOf } from './source.ts';

type ModelNode = Extract<PolicyNode, { kind: 'model' }>;
export type Parameters = NonNullable<ModelNode['parameters']>;

const longestMs = 3_600_000;

/** A duration as a deadline, within what a policy may ask for; `undefined` where it is none. */
export function deadline(ms: number | null): number | undefined {
  return ms === null || ms <= 0 ? undefined : Math.min(longestMs, Math.max(1, Math.round(ms)));
}

export function modelNode(
  target: string,
  label: string,
  totalMs: number | undefined,
  firstTokenMs: number | undefined,
  parameters: Parameters,
): ModelNode {
  const deadlines = {
    ...(firstTokenMs === undefined ? {} : { first_token_ms: firstTokenMs }),
    ...(totalMs === undefined ? {} : { total_ms: totalMs }),
  };
  return {
    kind: 'model',
    label: labelOf(label),
    target,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(Object.keys(deadlines).length === 0 ? {} : { deadlines }),
  };
}

/** Weighted ways as a split by draw, the shares adding up to exactly 1. Ways of no weight are left out. */
export function splitOf(
  label: string,
  ways: readonly { readonly name: string; readonly weight: number; readonly to: NodeId }[],
): PolicyNode | null {
  const used = ways.filter(({ weight }) => weight > 0);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  if (used.length === 0 || !Number.isFinite(total)) return null;
  const shares = used.map(({ weight }) => Math.round((weight / total) * 1e6) / 1e6);
  const rest = 1 - shares.slice(0, -1).reduce((sum, share) => sum + share, 0);
  return {
    kind: 'split',
    label: labelOf(label),
    by: 'draw',
    arms: used.map(({ name, to }, index) => ({
      id: `arm-${index + 1}`,
      label: labelOf(name),
      share: index === used.length - 1 ? Math.max(0, Math.round(rest * 1e6) / 1e6) : (shares[index] ?? 0),
      to,
    })),
  };
}

/** Settings of a call that a policy can make, read from OpenAI's names of them. */
const parameterNames: Readonly<Record<string, keyof Parameters>> = {
  max_tokens: 'max_output_tokens',
  max_completion_tokens: 'max_output_tokens',
  max_output_tokens: 'max_output_tokens',
  temperature: 'temperature',
  reasoning_effort: 'reasoning_effort',
};

const efforts = ['none', 'minimal', 'low', 'medium', 'high'] as const;

/** One setting of a call, or `null` where a policy cannot set it (so). */
export function parameterOf(key: string, source: Source): Parameters | null {
  const name = Object.hasOwn(parameterNames, key) ? parameterNames[key] : undefined;
  if (name === undefined) return null;
  if (name === 'reasoning_effort') {
    const effort = efforts.find((one) => one === textOf(source));
    return effort === undefined ? null : { reasoning_effort: effort };
  }
  const value = numberOf(source);
  if (value === null) return null;
  if (name === 'temperature') return value >= 0 && value <= 2 ? { temperature: value } : null;
  return Number.isInteger(value) && value >= 1 && value <= 10_000_000 ? { max_output_tokens: value } : null;
}

/** Everything after which another try can make sense. */
export const anyError: readonly ListableErrorClass[] = [
  'rate_limit',
  'timeout',
  'server_error',
  'network',
  'unavailable',
  'context_length',
  'content_filter',
  'auth',
  'invalid_request',
];

/** A refusal, for ways that end without a model. */
export function refusal(
  draft: PolicyDraft,
  name: string,
  status: 400 | 404 | 429 | 503,
  code: string,
  message: string,
): NodeId {
  return draft.add(name, { kind: 'refuse', label: labelOf(name), status, code, message });
}

/** `first` alone, or a fallback over it and the rest. */
export function sequence(
  draft: PolicyDraft,
  label: string,
  tries: readonly NodeId[],
  on: readonly ListableErrorClass[],
): NodeId {
  const different = [...new Set(tries)];
  const [only] = different;
  if (different.length === 1 && only !== undefined) return only;
  return draft.add(label, { kind: 'fallback', label: labelOf(label), try: different, on: [...on] });
}
