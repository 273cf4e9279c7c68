import { isWireObject } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';
import { describe, type Fields, fieldsOf, present, UnreadableBody } from '../fields.ts';
import type { AssistantPart, Message, TextPart, ToolResultPart, UserPart } from '../neutral.ts';
import { readUserPart, textPart } from './read-parts.ts';

export interface Conversation {
  readonly system: readonly TextPart[];
  readonly messages: readonly Message[];
}

/** Instructions before the first other message are the system's; later ones stay where they are. */
export function readMessages(body: Fields, dropped: Dropped): Conversation {
  const list = body.list('messages');
  if (list === undefined) throw new UnreadableBody('messages', 'is missing; it should be a list.');
  const system: TextPart[] = [];
  const messages: Message[] = [];
  for (const fields of fieldsOf(list, 'messages')) {
    const message = readMessage(fields, dropped);
    fields.rest(dropped);
    if (message.role === 'system' && messages.length === 0 && message.name === undefined)
      system.push(...message.parts);
    else messages.push(message);
  }
  return { system, messages };
}

function readMessage(fields: Fields, dropped: Dropped): Message {
  const role = fields.requiredText('role');
  const name = fields.text('name');
  const named = name === undefined ? {} : { name };
  switch (role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: readTexts(fields, dropped), ...named };
    case 'user':
      return { role: 'user', parts: readUserParts(fields, dropped), ...named };
    case 'assistant':
      return { role: 'assistant', parts: readAssistantParts(fields, dropped), ...named };
    case 'tool':
      return { role: 'user', parts: [readToolResult(fields, dropped)], ...named };
    default:
      throw new UnreadableBody(
        fields.place('role'),
        `'${role}' cannot be translated; it should be system, developer, user, assistant or tool.`,
      );
  }
}

function readTexts(fields: Fields, dropped: Dropped): readonly TextPart[] {
  const content = fields.raw('content');
  if (content === undefined) return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongContent(fields, content);
  return fieldsOf(content, fields.place('content')).flatMap((part) => {
    const type = part.text('type') ?? 'text';
    if (type === 'text') return [textPart(part, dropped)];
    dropped.add(fields.lost(`content.${type}`));
    return [];
  });
}

function readUserParts(fields: Fields, dropped: Dropped): readonly UserPart[] {
  const content = fields.raw('content');
  if (content === undefined) return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongContent(fields, content);
  return fieldsOf(content, fields.place('content')).flatMap((part) => readUserPart(part, dropped));
}

/** OpenAI's order is text, then calls; what the model thought first comes first. */
function readAssistantParts(fields: Fields, dropped: Dropped): readonly AssistantPart[] {
  const content = fields.raw('content');
  // Not OpenAI's own: servers of reasoning models say, and some want back, what was thought.
  const thought = fields.text('reasoning_content') ?? '';
  const refusal = fields.text('refusal') ?? '';
  return [
    ...(thought === '' ? [] : [{ kind: 'thinking' as const, text: thought }]),
    ...readSaid(content, fields, dropped),
    ...(refusal === '' ? [] : [{ kind: 'refusal' as const, text: refusal }]),
    ...readToolCalls(fields, dropped),
  ];
}

function readSaid(content: unknown, fields: Fields, dropped: Dropped): readonly AssistantPart[] {
  if (content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) throw wrongContent(fields, content);
  return fieldsOf(content, fields.place('content')).flatMap((part): readonly AssistantPart[] => {
    const type = part.text('type') ?? 'text';
    if (type === 'text') return [textPart(part, dropped)];
    if (type === 'refusal') return [{ kind: 'refusal', text: part.text('refusal') ?? '' }];
    dropped.add(fields.lost(`content.${type}`));
    return [];
  });
}

/** The calls of an assistant message, of a request or of an answer. */
export function readToolCalls(fields: Fields, dropped: Dropped): readonly AssistantPart[] {
  return fieldsOf(fields.list('tool_calls') ?? [], fields.place('tool_calls')).flatMap((call) => {
    const spec = call.object('function');
    const type = call.text('type') ?? 'function';
    if (spec === undefined || type !== 'function') {
      dropped.add(fields.lost(`tool_calls.${type}`));
      return [];
    }
    call.raw('index');
    const args = spec.raw('arguments');
    const read = {
      kind: 'tool_call' as const,
      id: call.requiredText('id'),
      name: spec.requiredText('name'),
      argumentsJson: typeof args === 'string' ? args : isWireObject(args) ? JSON.stringify(args) : '',
    };
    call.rest(dropped);
    return [read];
  });
}

function readToolResult(fields: Fields, dropped: Dropped): ToolResultPart {
  return present({
    kind: 'tool_result' as const,
    callId: fields.requiredText('tool_call_id'),
    parts: readTexts(fields, dropped),
    isError: false,
  });
}

function wrongContent(fields: Fields, content: unknown): UnreadableBody {
  return new UnreadableBody(
    fields.place('content'),
    `should be a string or a list of parts, not ${describe(content)}.`,
  );
}
