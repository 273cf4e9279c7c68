import { type NeutralMessage, neutralMessage, readsAsFailure } from '#engine/signals/index.ts';
import { metadataOf } from '../client-metadata.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { isWireObject, jsonCharacters, limitOf, textOf, type WireObject } from '../wire-value.ts';

type Role = NeutralMessage['role'];
const roles: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
};

/** An OpenAI Chat Completions body in the neutral form. What signals do not need is not looked at. */
export function readRequest(wire: WireObject, hints: ClientHints): RequestReading {
  const { model, messages: wireMessages, tools: wireTools, functions } = wire;
  if (typeof model !== 'string' || model === '') {
    return bad('model', '"model" must be a text that names an alias, a policy or a model, such as "auto".');
  }
  if (!Array.isArray(wireMessages) || wireMessages.length === 0) {
    return bad('messages', '"messages" must be a list with at least one message.');
  }
  const messages: NeutralMessage[] = [];
  for (let index = 0; index < wireMessages.length; index += 1) {
    const message: unknown = wireMessages[index];
    if (!isWireObject(message) || typeof message.role !== 'string') {
      return bad(`messages.${index}`, `Message ${index} must be an object with a "role" and a "content".`);
    }
    messages.push(readMessage(message));
  }
  const offered = Array.isArray(wireTools) ? wireTools : Array.isArray(functions) ? functions : [];
  const metadata = metadataOf(isWireObject(wire.metadata) ? wire.metadata : undefined);
  return {
    kind: 'ok',
    request: {
      dialect: 'openai-chat',
      model,
      stream: wire.stream === true,
      messages,
      tools: offered.map(nameOfTool),
      toolCharacters: offered.length === 0 ? 0 : jsonCharacters(offered),
      maxOutputTokens: limitOf(wire.max_completion_tokens) ?? limitOf(wire.max_tokens),
      jsonOutput: asksForJson(wire.response_format),
      jsonSchema: isWireObject(wire.response_format) && wire.response_format.type === 'json_schema',
      reasoningEffort: effortOf(wire),
      metadata,
      user: hints.user || textOf(wire.safety_identifier) || textOf(wire.user),
      session: hints.session || (metadata.session_id ?? '') || textOf(wire.prompt_cache_key),
      subAgent: hints.subAgent ?? false,
      bytes: hints.bytes,
    },
  };
}

function bad(param: string, message: string): RequestReading {
  return { kind: 'bad', param, message };
}

function readMessage(message: WireObject): NeutralMessage {
  const role = roles[textOf(message.role)] ?? 'user';
  const { content, tool_calls: calls, function_call: call } = message;
  const made = Array.isArray(calls) ? calls : isWireObject(call) ? [{ function: call }] : [];
  if (role === 'tool') return readResult(content);
  if (typeof content === 'string' && made.length === 0) return neutralMessage({ role, text: content });
  const texts: string[] = [];
  const found = { images: 0, audio: 0, files: 0 };
  if (typeof content === 'string') texts.push(content);
  else if (Array.isArray(content)) for (const part of content) readPart(part, texts, found);
  for (const one of made) texts.push(textOfCall(one));
  return neutralMessage({ role, text: joined(texts), ...found, toolCalls: made.length });
}

/** The dialect does not say whether a tool failed: its result has to. */
function readResult(content: unknown): NeutralMessage {
  const texts: string[] = [];
  const found = { images: 0, audio: 0, files: 0 };
  if (Array.isArray(content)) for (const part of content) readPart(part, texts, found);
  else texts.push(textOf(content));
  const text = joined(texts);
  return neutralMessage({ role: 'tool', text, ...found, toolResults: readsAsFailure(text) ? failed : good });
}

const failed = ['failed'] as const;
const good = ['ok'] as const;

function joined(texts: readonly string[]): string {
  return texts.length === 1 ? (texts[0] ?? '') : texts.filter((text) => text !== '').join('\n');
}

function readPart(
  part: unknown,
  texts: string[],
  found: { images: number; audio: number; files: number },
): void {
  if (!isWireObject(part)) return;
  if (part.type === 'image_url') found.images += 1;
  else if (part.type === 'input_audio') found.audio += 1;
  else if (part.type === 'file') found.files += 1;
  else texts.push(textOf(part.text) || textOf(part.refusal));
}

function textOfCall(call: unknown): string {
  const made = isWireObject(call) && isWireObject(call.function) ? call.function : {};
  return `${textOf(made.name)} ${textOf(made.arguments)}`;
}

function nameOfTool(tool: unknown): string {
  if (!isWireObject(tool)) return '';
  const declared = isWireObject(tool.function)
    ? tool.function
    : isWireObject(tool.custom)
      ? tool.custom
      : tool;
  return textOf(declared.name) || textOf(tool.type);
}

function asksForJson(format: unknown): boolean {
  return isWireObject(format) && (format.type === 'json_object' || format.type === 'json_schema');
}

function effortOf(wire: WireObject): string {
  const nested = isWireObject(wire.reasoning) ? textOf(wire.reasoning.effort) : '';
  return textOf(wire.reasoning_effort) || nested;
}
