import type { LanguageModelV3Message, LanguageModelV3Prompt } from '@ai-sdk/provider';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { CacheMark, Message, Neutral, TextPart, UserPart } from '../../dialects/translate/neutral.ts';
import type { Carrier } from './carrier.ts';
import { writeAssistant } from './write-assistant.ts';
import { writeMedia } from './write-media.ts';
import { writeToolResult } from './write-tool-result.ts';

type UserContent = Extract<LanguageModelV3Message, { role: 'user' }>['content'];
type ToolContent = Extract<LanguageModelV3Message, { role: 'tool' }>['content'];

/** A neutral conversation as a library's prompt. */
export function writePrompt(neutral: Neutral, carrier: Carrier, dropped: Dropped): LanguageModelV3Prompt {
  const system = [...neutral.system];
  const turns: LanguageModelV3Message[] = [];
  const toolNames = new Map<string, string>();
  for (const message of neutral.messages) {
    if (message.role !== 'user' && message.role !== 'assistant' && !carrier.systemAnywhere) {
      if (turns.length > 0) dropped.add('messages[].system.position');
      system.push(...message.parts);
    } else turns.push(...writeTurn(message, carrier, toolNames, dropped));
    if (message.name !== undefined) dropped.add('messages[].name');
  }
  return [...system.map((part) => writeSystem(part, carrier, dropped)), ...turns];
}

function writeTurn(
  message: Message,
  carrier: Carrier,
  toolNames: Map<string, string>,
  dropped: Dropped,
): readonly LanguageModelV3Message[] {
  switch (message.role) {
    case 'system':
      return message.parts.map((part) => writeSystem(part, carrier, dropped));
    case 'user':
      return writeUser(message.parts, carrier, toolNames, dropped);
    case 'assistant': {
      const content = writeAssistant(message.parts, carrier, toolNames, dropped);
      return content.length === 0 ? [] : [{ role: 'assistant', content: [...content] }];
    }
  }
}

function writeSystem({ text, cache }: TextPart, carrier: Carrier, dropped: Dropped): LanguageModelV3Message {
  return { role: 'system', content: text, ...cacheMark(cache, carrier, dropped) };
}

/** Results of tools are messages of their own there; their order among the rest of the turn stays. */
function writeUser(
  parts: readonly UserPart[],
  carrier: Carrier,
  toolNames: ReadonlyMap<string, string>,
  dropped: Dropped,
): readonly LanguageModelV3Message[] {
  const messages: LanguageModelV3Message[] = [];
  let said: UserContent = [];
  let results: ToolContent = [];
  const close = () => {
    if (results.length > 0) messages.push({ role: 'tool', content: results });
    if (said.length > 0) messages.push({ role: 'user', content: said });
    [said, results] = [[], []];
  };
  for (const part of parts) {
    const mark = cacheMark(part.cache, carrier, dropped);
    if (part.kind === 'tool_result') {
      if (said.length > 0) close();
      results.push({ ...writeToolResult(part, carrier, toolNames, dropped), ...mark });
    } else if (part.kind === 'text') said.push({ type: 'text', text: part.text, ...mark });
    else {
      const media = writeMedia(part, carrier, dropped);
      if (media !== undefined) said.push({ ...media, ...mark });
    }
  }
  close();
  return messages;
}

/** Bedrock's cache points; elsewhere caches are made unasked or not at all. */
export function cacheMark(cache: CacheMark | undefined, carrier: Carrier, dropped: Dropped) {
  if (cache === undefined) return {};
  if (!carrier.cacheMarks) {
    dropped.add('cache_control');
    return {};
  }
  const cachePoint = { type: 'default', ...(cache.ttl === undefined ? {} : { ttl: cache.ttl }) };
  return { providerOptions: { [carrier.key]: { cachePoint } } };
}
