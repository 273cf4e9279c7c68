import type { Dropped } from '../dropped.ts';
import { describe, type Fields, fieldsOf, UnreadableBody } from '../fields.ts';
import type { AssistantPart, Message, TextPart, UserPart } from '../neutral.ts';
import { readBlock, readTextBlock } from './read-parts.ts';

export function readSystem(body: Fields, dropped: Dropped): readonly TextPart[] {
  return textsIn(body, 'system', dropped);
}

export function readMessages(body: Fields, dropped: Dropped): readonly Message[] {
  const list = body.list('messages');
  if (list === undefined) throw new UnreadableBody('messages', 'is missing; it should be a list.');
  return fieldsOf(list, 'messages').map((fields) => {
    const message = readMessage(fields, dropped);
    fields.rest(dropped);
    return message;
  });
}

function readMessage(fields: Fields, dropped: Dropped): Message {
  const role = fields.requiredText('role');
  if (role === 'system') return { role, parts: textsIn(fields, 'content', dropped) };
  if (role === 'user')
    return { role, parts: readBlocks(fields, dropped).filter((part) => fits(part, 'user', dropped)) };
  if (role === 'assistant')
    return { role, parts: readBlocks(fields, dropped).filter((part) => fits(part, 'assistant', dropped)) };
  throw new UnreadableBody(fields.place('role'), `'${role}' should be user, assistant or system.`);
}

function fits(part: UserPart | AssistantPart, role: 'user', dropped: Dropped): part is UserPart;
function fits(part: UserPart | AssistantPart, role: 'assistant', dropped: Dropped): part is AssistantPart;
function fits(part: UserPart | AssistantPart, role: 'user' | 'assistant', dropped: Dropped): boolean {
  const ok = rolesOf[part.kind].includes(role);
  if (!ok) dropped.add(`messages[].content.${part.kind}`);
  return ok;
}

const rolesOf: Readonly<Record<(UserPart | AssistantPart)['kind'], readonly string[]>> = {
  text: ['user', 'assistant'],
  image: ['user'],
  file: ['user'],
  tool_result: ['user'],
  tool_call: ['assistant'],
  thinking: ['assistant'],
  redacted_thinking: ['assistant'],
  refusal: ['assistant'],
};

function readBlocks(fields: Fields, dropped: Dropped): readonly (UserPart | AssistantPart)[] {
  const content = fields.raw('content');
  if (content === undefined) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (!Array.isArray(content))
    throw new UnreadableBody(
      fields.place('content'),
      `should be a string or a list of blocks, not ${describe(content)}.`,
    );
  return fieldsOf(content, fields.place('content')).flatMap((block) => readBlock(block, dropped));
}

function textsIn(fields: Fields, name: string, dropped: Dropped): readonly TextPart[] {
  const content = fields.raw(name);
  if (content === undefined) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (!Array.isArray(content))
    throw new UnreadableBody(fields.place(name), `should be a string or a list, not ${describe(content)}.`);
  return fieldsOf(content, fields.place(name)).flatMap((block) => {
    const type = block.requiredText('type');
    if (type === 'text') return [readTextBlock(block, dropped)];
    dropped.add(fields.lost(`${name}.${type}`));
    return [];
  });
}
