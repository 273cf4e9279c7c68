import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, textOf, type WireObject } from '../../dialects/index.ts';

/** What an answer says, as far as a cascade looks at it. */
export interface Said {
  readonly text: string;
  /** Names and arguments of the tools it calls. */
  readonly calls: readonly string[];
  /** The dialect itself says that the model refused, or that a filter stopped it. */
  readonly refused: boolean;
  /** The limit on tokens cut it short. */
  readonly cut: boolean;
  /** Mean log probability of its tokens; `null` where the provider does not state them. */
  readonly logprob: number | null;
}

/** A whole answer as its dialect writes it; of several choices the first. */
export function readSaid(dialect: Dialect, wire: WireObject): Said {
  switch (dialect) {
    case 'openai-chat':
      return readChat(wire);
    case 'openai-completions':
      return readCompletion(wire);
    case 'openai-responses':
      return readResponse(wire);
    case 'anthropic-messages':
      return readMessage(wire);
    case 'google-generate':
      return readGoogle(wire);
    case 'openai-embeddings':
      return nothingSaid;
  }
}

export const nothingSaid: Said = Object.freeze({
  text: '',
  calls: Object.freeze([]),
  refused: false,
  cut: false,
  logprob: null,
});

export function objectsIn(value: unknown): readonly WireObject[] {
  return Array.isArray(value) ? value.filter(isWireObject) : [];
}

export function objectOf(value: unknown): WireObject {
  return isWireObject(value) ? value : {};
}

export function meanOf(numbers: readonly unknown[]): number | null {
  const stated = numbers.filter((value) => typeof value === 'number');
  return stated.length === 0 ? null : stated.reduce((sum, value) => sum + value, 0) / stated.length;
}

function readChat(wire: WireObject): Said {
  const [choice = {}] = objectsIn(wire.choices);
  const message = objectOf(choice.message);
  const reason = textOf(choice.finish_reason);
  const content = textOf(message.content) || textsIn(objectsIn(message.content), 'text');
  const refusal = textOf(message.refusal);
  return {
    text: content || refusal,
    calls: objectsIn(message.tool_calls).map((call) => callText(objectOf(call.function))),
    refused: refusal !== '' || reason === 'content_filter' || reason === 'refusal',
    cut: reason === 'length',
    logprob: meanOf(objectsIn(objectOf(choice.logprobs).content).map(({ logprob }) => logprob)),
  };
}

function readCompletion(wire: WireObject): Said {
  const [choice = {}] = objectsIn(wire.choices);
  const logprobs = objectOf(choice.logprobs).token_logprobs;
  return {
    text: textOf(choice.text),
    calls: [],
    refused: choice.finish_reason === 'content_filter',
    cut: choice.finish_reason === 'length',
    logprob: meanOf(Array.isArray(logprobs) ? logprobs : []),
  };
}

function readResponse(wire: WireObject): Said {
  const output = objectsIn(wire.output);
  const parts = output.filter(({ type }) => type === 'message').flatMap(({ content }) => objectsIn(content));
  const refusal = textsIn(parts, 'refusal');
  const { reason } = objectOf(wire.incomplete_details);
  const logprobs = parts.flatMap((part) => objectsIn(part.logprobs));
  return {
    text: textsIn(parts, 'text') || refusal,
    calls: output.filter(({ type }) => textOf(type).endsWith('_call')).map(callText),
    refused: refusal !== '' || reason === 'content_filter',
    cut: reason === 'max_output_tokens',
    logprob: meanOf(logprobs.map(({ logprob }) => logprob)),
  };
}

function readMessage(wire: WireObject): Said {
  const blocks = objectsIn(wire.content);
  return {
    text: textsIn(blocks, 'text'),
    calls: blocks
      .filter(({ type }) => textOf(type).endsWith('tool_use'))
      .map(({ name, input }) => `${textOf(name)} ${JSON.stringify(input ?? {})}`),
    refused: wire.stop_reason === 'refusal',
    cut: wire.stop_reason === 'max_tokens' || wire.stop_reason === 'model_context_window_exceeded',
    logprob: null,
  };
}

/** Why Google's filters stop an answer (ai.google.dev/api/generate-content, FinishReason). */
const filtered = new Set(['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'LANGUAGE']);

function readGoogle(wire: WireObject): Said {
  const [candidate = {}] = objectsIn(wire.candidates);
  const parts = objectsIn(objectOf(candidate.content).parts);
  const reason = textOf(candidate.finishReason);
  const blocked = textOf(objectOf(wire.promptFeedback).blockReason) !== '';
  const { avgLogprobs } = candidate;
  return {
    text: textsIn(
      parts.filter(({ thought }) => thought !== true),
      'text',
    ),
    calls: parts.flatMap(({ functionCall }) =>
      isWireObject(functionCall)
        ? [`${textOf(functionCall.name)} ${JSON.stringify(functionCall.args ?? {})}`]
        : [],
    ),
    refused: blocked || filtered.has(reason),
    cut: reason === 'MAX_TOKENS',
    logprob: typeof avgLogprobs === 'number' ? avgLogprobs : null,
  };
}

function textsIn(parts: readonly WireObject[], field: string): string {
  return parts.map((part) => textOf(part[field])).join('');
}

function callText(call: WireObject): string {
  return `${textOf(call.name)} ${textOf(call.arguments) || textOf(call.input)}`.trim();
}
