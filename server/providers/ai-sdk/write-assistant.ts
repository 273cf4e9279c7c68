import type { LanguageModelV3Message } from '@ai-sdk/provider';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { AssistantPart, ThinkingPart, ToolCallPart } from '../../dialects/translate/neutral.ts';
import { isWireObject, parseJson } from '../../dialects/wire-value.ts';
import { type Carrier, googleCallSeal } from './carrier.ts';

type Content = Extract<LanguageModelV3Message, { role: 'assistant' }>['content'];

/** An assistant's turn. Notes the names of its calls, which their results do not repeat. */
export function writeAssistant(
  parts: readonly AssistantPart[],
  carrier: Carrier,
  toolNames: Map<string, string>,
  dropped: Dropped,
): Content {
  const content: Content = [];
  let callSignature: string | null = null;
  const calls = parts.some(({ kind }) => kind === 'tool_call');
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
      case 'refusal':
        if (part.text === '') break;
        if (calls && !carrier.textBesideCalls) dropped.add('messages[].content_beside_tool_calls');
        else content.push({ type: 'text', text: part.text });
        if (part.kind === 'text' && part.cache !== undefined) dropped.add('cache_control');
        break;
      case 'tool_call':
        toolNames.set(part.id, part.name);
        content.push(writeCall(part, callSignature, carrier, dropped));
        callSignature = null;
        break;
      case 'thinking':
        if (part.signature?.startsWith(googleCallSeal) === true && carrier.seal !== null) {
          callSignature = part.signature.slice(googleCallSeal.length);
          break;
        }
        content.push(...writeThinking(part, carrier, dropped));
        break;
      case 'redacted_thinking':
        dropped.add('messages[].redacted_thinking');
        break;
    }
  }
  return content;
}

function writeCall(
  { id, name, argumentsJson }: ToolCallPart,
  signature: string | null,
  carrier: Carrier,
  dropped: Dropped,
): Content[number] {
  const input = argumentsJson.trim() === '' ? {} : parseJson(argumentsJson);
  // A model may have broken off in the middle; an object is all these providers take.
  if (!isWireObject(input)) dropped.add('messages[].tool_calls.arguments');
  const options = signature === null ? {} : { [carrier.key]: { thoughtSignature: signature } };
  return {
    type: 'tool-call',
    toolCallId: id,
    toolName: name,
    input: isWireObject(input) ? input : {},
    ...(signature === null ? {} : { providerOptions: options }),
  };
}

/** Only what this provider itself thought: it checks the signature. */
function writeThinking({ text, signature }: ThinkingPart, carrier: Carrier, dropped: Dropped): Content {
  const { seal, key } = carrier;
  if (seal === null || signature?.startsWith(seal) !== true) {
    dropped.add('messages[].thinking');
    return [];
  }
  const thoughtSignature = signature.slice(seal.length);
  return [{ type: 'reasoning', text, providerOptions: { [key]: { thoughtSignature } } }];
}
