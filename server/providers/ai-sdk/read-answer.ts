import type { LanguageModelV3Content, LanguageModelV3GenerateResult } from '@ai-sdk/provider';
import { Dropped } from '../../dialects/translate/dropped.ts';
import type { AssistantPart, Neutral } from '../../dialects/translate/neutral.ts';
import type { Answer, Problem } from '../../dialects/translate/neutral-answer.ts';
import type { Carrier } from './carrier.ts';
import { noAnswer } from './read-problem.ts';
import { readStop } from './read-stop.ts';
import { redactedIn, sealedCall, sealedThought } from './signatures.ts';

export type ReadAnswer =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly dropped: readonly string[] }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A library's whole answer in neutral form. */
export function readAnswer(
  result: LanguageModelV3GenerateResult,
  asked: { readonly neutral: Neutral; readonly model: string; readonly newId: () => string },
  carrier: Carrier,
): ReadAnswer {
  const dropped = new Dropped();
  const parts = result.content.flatMap((content) => readContent(content, carrier, dropped));
  const stop = readStop(result.finishReason, asked.neutral);
  if (stop === null && parts.length === 0)
    return { kind: 'problem', problem: noAnswer(200, result.response?.headers ?? {}) };
  if (stop?.kind === 'problem') return stop;
  if (stop !== null && stop.unknown !== null) dropped.add(stop.unknown);
  const { response, usage } = result;
  return {
    kind: 'answer',
    dropped: dropped.list(),
    answer: {
      id: response?.id ?? asked.newId(),
      model: asked.model,
      parts,
      stop: stop?.stop ?? { kind: 'end' },
      usage: carrier.readUsage(usage.raw),
      unknown: [],
    },
  };
}

function readContent(
  content: LanguageModelV3Content,
  carrier: Carrier,
  dropped: Dropped,
): readonly AssistantPart[] {
  switch (content.type) {
    case 'text':
      return [{ kind: 'text', text: content.text }];
    case 'reasoning':
      return readReasoning(content, carrier);
    case 'tool-call': {
      if (content.providerExecuted === true) break;
      const { toolCallId: id, toolName: name, input: argumentsJson } = content;
      const call: AssistantPart = { kind: 'tool_call', id, name, argumentsJson };
      const signature = sealedCall(content.providerMetadata, carrier);
      return signature === '' ? [call] : [{ kind: 'thinking', text: '', signature }, call];
    }
    default:
      break;
  }
  dropped.add(nameOf(content.type));
  return [];
}

function readReasoning(
  { text, providerMetadata }: Extract<LanguageModelV3Content, { type: 'reasoning' }>,
  carrier: Carrier,
): readonly AssistantPart[] {
  const data = redactedIn(providerMetadata, carrier);
  if (data !== '') return [{ kind: 'redacted_thinking', data }];
  const signature = sealedThought(providerMetadata, carrier);
  if (text === '' && signature === '') return [];
  return [signature === '' ? { kind: 'thinking', text } : { kind: 'thinking', text, signature }];
}

/** What a client is told is missing from an answer. */
export function nameOf(type: string): string {
  if (type === 'source') return 'answer.citations';
  if (type === 'file') return 'answer.file';
  return 'answer.server_tool';
}
