import { type NeutralMessage, neutralMessage } from '#engine/signals/index.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';

type Role = NeutralMessage['role'];
const roles: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
};

/** One item of `input` as a message; `undefined` when it is none. Results of tools end in `_output`, whoever ran them. */
export function readItem(item: WireObject): NeutralMessage | undefined {
  const type = textOf(item.type);
  if (type === '' || type === 'message') {
    const role = textOf(item.role);
    return role === '' ? undefined : messageOf(roles[role] ?? 'user', item.content);
  }
  if (type.endsWith('_output')) return messageOf('tool', item.output);
  if (type === 'reasoning') {
    const thought = [item.summary, item.content].flatMap((list) => (Array.isArray(list) ? list : []));
    return messageOf('assistant', thought);
  }
  const called = `${textOf(item.name)} ${textOf(item.arguments) || textOf(item.input)}`.trim();
  return neutralMessage({ role: 'assistant', text: called, toolCalls: 1 });
}

function messageOf(role: Role, content: unknown): NeutralMessage {
  if (!Array.isArray(content)) return neutralMessage({ role, text: textOf(content) });
  const texts: string[] = [];
  let images = 0;
  for (const part of content) {
    if (!isWireObject(part)) continue;
    if (part.type === 'input_image' || part.type === 'computer_screenshot') images += 1;
    else texts.push(textOf(part.text) || textOf(part.refusal));
  }
  return neutralMessage({ role, text: texts.filter((text) => text !== '').join('\n'), images });
}
