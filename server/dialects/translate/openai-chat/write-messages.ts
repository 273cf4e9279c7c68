import type { Dropped } from '../dropped.ts';
import { present } from '../fields.ts';
import type { AssistantPart, Message, Neutral, TextPart, ToolResultPart, UserPart } from '../neutral.ts';
import type { ToolNames } from './tool-names.ts';
import type { OpenAiTraits } from './traits.ts';
import { type WrittenParts, writeContent } from './write-parts.ts';

/** OpenAI's conversation: each tool result a message of its own, before what else the user says in that turn. */
export function writeMessages(
  neutral: Neutral,
  traits: OpenAiTraits,
  names: ToolNames,
  dropped: Dropped,
): readonly object[] {
  const system: readonly Message[] =
    neutral.system.length === 0 ? [] : [{ role: 'system', parts: neutral.system }];
  return [...system, ...neutral.messages].flatMap((message) => {
    const name = message.name;
    if (message.role === 'assistant') return writeAssistant(message.parts, name, traits, names, dropped);
    if (message.role === 'user') return writeUser(message.parts, name, traits, dropped);
    return [present({ role: 'system', content: writeContent(message.parts, traits, dropped) ?? '', name })];
  });
}

function writeUser(
  parts: readonly UserPart[],
  name: string | undefined,
  traits: OpenAiTraits,
  dropped: Dropped,
): readonly object[] {
  const results = parts.filter((part) => part.kind === 'tool_result');
  const others = parts.filter((part) => part.kind !== 'tool_result');
  // A tool message carries text only; what a tool showed follows in the user's own message.
  const shown = results.flatMap((result) => result.parts.filter((part) => part.kind !== 'text'));
  if (shown.length > 0) dropped.add('tool_result.media.position');
  const content = writeContent([...shown, ...others], traits, dropped);
  const messages: object[] = results.map((result) => writeToolResult(result, traits, dropped));
  if (content !== undefined) messages.push(present({ role: 'user', content, name }));
  return messages;
}

function writeToolResult(result: ToolResultPart, traits: OpenAiTraits, dropped: Dropped): object {
  if (result.isError) dropped.add('tool_result.is_error');
  const texts = result.parts.filter((part): part is TextPart => part.kind === 'text');
  const last = texts.at(-1);
  const marked =
    result.cache === undefined || last === undefined
      ? texts
      : [...texts.slice(0, -1), { ...last, cache: result.cache }];
  if (result.cache !== undefined && last === undefined) dropped.add('cache_control');
  return {
    role: 'tool',
    tool_call_id: result.callId,
    content: writeContent(marked, traits, dropped) ?? '',
  };
}

function writeAssistant(
  parts: readonly AssistantPart[],
  name: string | undefined,
  traits: OpenAiTraits,
  names: ToolNames,
  dropped: Dropped,
): readonly object[] {
  const said = parts.filter((part) => part.kind === 'text' || part.kind === 'refusal');
  const calls = parts.flatMap((part) => {
    if (part.kind !== 'tool_call') return [];
    if (part.cache !== undefined) dropped.add('cache_control');
    const spec = { name: names.shorten(part.name), arguments: part.argumentsJson || '{}' };
    return [{ id: part.id, type: 'function', function: spec }];
  });
  const content = writeSaid(said, traits, dropped);
  const reasoning_content = writeThought(parts, traits, dropped);
  if (content === undefined && calls.length === 0 && reasoning_content === undefined) return [];
  return [
    present({
      role: 'assistant',
      content: content ?? null,
      reasoning_content,
      tool_calls: calls.length === 0 ? undefined : calls,
      name,
    }),
  ];
}

function writeSaid(
  parts: readonly AssistantPart[],
  traits: OpenAiTraits,
  dropped: Dropped,
): WrittenParts | undefined {
  const texts = parts.filter((part): part is TextPart => part.kind === 'text');
  const refusals = parts.flatMap((part) =>
    part.kind === 'refusal' ? [{ type: 'refusal', refusal: part.text }] : [],
  );
  const content = writeContent(texts, traits, dropped);
  if (refusals.length === 0) return content;
  return [
    ...(typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])),
    ...refusals,
  ];
}

function writeThought(
  parts: readonly AssistantPart[],
  traits: OpenAiTraits,
  dropped: Dropped,
): string | undefined {
  const thoughts = parts.filter((part) => part.kind === 'thinking');
  if (parts.some((part) => part.kind === 'redacted_thinking')) dropped.add('messages[].redacted_thinking');
  if (thoughts.length === 0) return undefined;
  if (!traits.thinkingBack) {
    dropped.add('messages[].thinking');
    return undefined;
  }
  if (thoughts.some((part) => part.signature !== undefined)) dropped.add('messages[].thinking.signature');
  return thoughts.map((part) => part.text).join('');
}
