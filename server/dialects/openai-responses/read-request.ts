import { type NeutralMessage, neutralMessage } from '#engine/signals/index.ts';
import { metadataOf } from '../client-metadata.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { isWireObject, jsonCharacters, limitOf, textOf, type WireObject } from '../wire-value.ts';
import { readItem } from './read-item.ts';

/** An OpenAI Responses body in the neutral form. What signals do not need is not looked at. */
export function readRequest(wire: WireObject, hints: ClientHints): RequestReading {
  const { model, tools: wireTools } = wire;
  if (typeof model !== 'string' || model === '') {
    return bad('model', '"model" must be a text that names an alias, a policy or a model, such as "auto".');
  }
  const messages = readMessages(wire);
  if (!Array.isArray(messages)) return messages;
  const offered = Array.isArray(wireTools) ? wireTools : [];
  const metadata = metadataOf(isWireObject(wire.metadata) ? wire.metadata : undefined);
  return {
    kind: 'ok',
    request: {
      dialect: 'openai-responses',
      model,
      stream: wire.stream === true,
      messages,
      tools: offered.map((tool) => (isWireObject(tool) ? textOf(tool.name) || textOf(tool.type) : '')),
      toolCharacters: offered.length === 0 ? 0 : jsonCharacters(offered),
      maxOutputTokens: limitOf(wire.max_output_tokens),
      jsonOutput: formatOf(wire.text) !== '',
      jsonSchema: formatOf(wire.text) === 'json_schema',
      reasoningEffort: isWireObject(wire.reasoning) ? textOf(wire.reasoning.effort) : '',
      metadata,
      user: hints.user || textOf(wire.safety_identifier) || textOf(wire.user),
      session:
        hints.session ||
        (metadata.session_id ?? '') ||
        conversationOf(wire.conversation) ||
        textOf(wire.prompt_cache_key),
      subAgent: hints.subAgent ?? false,
      bytes: hints.bytes,
    },
  };
}

function bad(param: string, message: string): RequestReading & { readonly kind: 'bad' } {
  return { kind: 'bad', param, message };
}

/** Instructions and input. The items of one turn of the model (reasoning, words, calls) count as one message. */
function readMessages(wire: WireObject): NeutralMessage[] | (RequestReading & { readonly kind: 'bad' }) {
  const { input } = wire;
  const messages: NeutralMessage[] = [];
  if (textOf(wire.instructions) !== '') {
    messages.push(neutralMessage({ role: 'system', text: textOf(wire.instructions) }));
  }
  if (typeof input === 'string' && input !== '')
    return [...messages, neutralMessage({ role: 'user', text: input })];
  if (!Array.isArray(input) || input.length === 0) {
    // The conversation may lie with the provider.
    if (
      wire.prompt !== undefined ||
      wire.previous_response_id !== undefined ||
      wire.conversation !== undefined
    ) {
      return messages;
    }
    return bad('input', '"input" must be a text, or a list with at least one item.');
  }
  for (let index = 0; index < input.length; index += 1) {
    const item: unknown = input[index];
    const read = isWireObject(item) ? readItem(item) : undefined;
    if (read === undefined) {
      return bad(
        `input.${index}`,
        `Item ${index} of "input" must be an object with a "type", or a "role" and a "content".`,
      );
    }
    const last = messages.at(-1);
    if (last?.role === 'assistant' && read.role === 'assistant')
      messages[messages.length - 1] = join(last, read);
    else messages.push(read);
  }
  return messages;
}

function join(one: NeutralMessage, other: NeutralMessage): NeutralMessage {
  const text = [one.text, other.text].filter((said) => said !== '').join('\n');
  return neutralMessage({
    role: one.role,
    text,
    images: one.images + other.images,
    audio: one.audio + other.audio,
    files: one.files + other.files,
    toolCalls: one.toolCalls + other.toolCalls,
    toolResults:
      other.toolResults.length === 0 ? one.toolResults : [...one.toolResults, ...other.toolResults],
  });
}

function formatOf(text: unknown): 'json_object' | 'json_schema' | '' {
  const { type } = isWireObject(text) && isWireObject(text.format) ? text.format : {};
  return type === 'json_object' || type === 'json_schema' ? type : '';
}

function conversationOf(conversation: unknown): string {
  return isWireObject(conversation) ? textOf(conversation.id) : textOf(conversation);
}
