import type { Dropped } from '../dropped.ts';
import { describe, type Fields, fieldsOf, UnreadableBody } from '../fields.ts';
import type { AssistantPart, Message, TextPart, Tool } from '../neutral.ts';
import { readSaid, readTexts, readUserParts } from './read-parts.ts';
import { readTools } from './read-tools.ts';
import { readReasoningItem } from './reasoning-item.ts';
import { argumentsOfText, flatName } from './tool-kinds.ts';

export interface Conversation {
  readonly system: readonly TextPart[];
  readonly messages: readonly Message[];
  /** Tools that came along in the conversation. */
  readonly tools: readonly Tool[];
}

/** `instructions` and `input`. The items of one turn of the model become one message. */
export function readInput(body: Fields, dropped: Dropped): Conversation {
  const instructions = body.text('instructions') ?? '';
  const system: TextPart[] = instructions === '' ? [] : [{ kind: 'text', text: instructions }];
  const input = body.raw('input');
  if (typeof input === 'string')
    return { system, messages: [{ role: 'user', parts: [{ kind: 'text', text: input }] }], tools: [] };
  if (!Array.isArray(input)) {
    throw new UnreadableBody('input', `should be a string or a list of items, not ${describe(input)}.`);
  }
  const messages: Message[] = [];
  const tools: Tool[] = [];
  for (const fields of fieldsOf(input, 'input')) {
    if (fields.raw('type') === 'additional_tools') {
      tools.push(...readTools(fields, dropped));
      continue;
    }
    const message = readItem(fields, dropped);
    if (message === undefined) continue;
    fields.rest(dropped);
    const last = messages.at(-1);
    if (message.role === 'system' && messages.length === 0) system.push(...message.parts);
    else if (message.role === 'assistant' && last?.role === 'assistant')
      messages[messages.length - 1] = { ...last, parts: [...last.parts, ...message.parts] };
    else messages.push(message);
  }
  return { system, messages, tools };
}

function readItem(item: Fields, dropped: Dropped): Message | undefined {
  const type = item.text('type') ?? 'message';
  // Where the item was kept, and how far it had come: of no meaning to anybody else.
  item.raw('id');
  item.raw('status');
  switch (type) {
    case 'message':
      return readMessage(item, dropped);
    case 'function_call':
      return said([readCall(item)]);
    case 'custom_tool_call':
      return said([readCustomCall(item)]);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return { role: 'user', parts: [readResult(item, dropped)] };
    case 'reasoning':
      return said(readReasoningItem(item, dropped));
    case 'item_reference':
    case 'compaction':
      throw new UnreadableBody(
        item.at,
        `is a part of the conversation (${type}) that only OpenAI can read. Send what it stands for.`,
      );
    default:
      dropped.add(`input.${type}`);
      return undefined;
  }
}

function said(parts: readonly AssistantPart[]): Message | undefined {
  return parts.length === 0 ? undefined : { role: 'assistant', parts };
}

function readMessage(item: Fields, dropped: Dropped): Message {
  const role = item.requiredText('role');
  switch (role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: readTexts(item, 'content', dropped) };
    case 'user':
      return { role: 'user', parts: readUserParts(item, 'content', dropped) };
    case 'assistant':
      // Whether it is a comment or the answer: nobody else tells them apart.
      item.raw('phase');
      return { role: 'assistant', parts: readSaid(item, dropped) };
    default:
      throw new UnreadableBody(
        item.place('role'),
        `'${role}' cannot be translated; it should be system, developer, user or assistant.`,
      );
  }
}

function readCall(item: Fields): AssistantPart {
  return {
    kind: 'tool_call',
    id: item.requiredText('call_id'),
    name: calledName(item),
    argumentsJson: item.text('arguments') ?? '',
  };
}

function readCustomCall(item: Fields): AssistantPart {
  return {
    kind: 'tool_call',
    id: item.requiredText('call_id'),
    name: calledName(item),
    argumentsJson: argumentsOfText(item.text('input') ?? ''),
  };
}

function calledName(item: Fields): string {
  return flatName(item.requiredText('name'), item.text('namespace'));
}

function readResult(item: Fields, dropped: Dropped) {
  // Results of custom tools repeat which one it was.
  item.raw('name');
  return {
    kind: 'tool_result' as const,
    callId: item.requiredText('call_id'),
    parts: readUserParts(item, 'output', dropped),
    isError: false,
  };
}
