import {
  type NeutralMessage,
  neutralMessage,
  readsAsFailure,
  type ToolResult,
} from '#engine/signals/index.ts';
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
  if (type.endsWith('_output')) return resultOf(item);
  if (type === 'reasoning') {
    const thought = [item.summary, item.content].flatMap((list) => (Array.isArray(list) ? list : []));
    return messageOf('assistant', thought);
  }
  const called = `${textOf(item.name)} ${textOf(item.arguments) || textOf(item.input)}`.trim();
  return neutralMessage({ role: 'assistant', text: called, ...callOf(item, type) });
}

/** A call is the client's to run; of a tool that the provider ran, the item holds how it came back too. */
function callOf(item: WireObject, type: string): Pick<NeutralMessage, 'toolCalls' | 'toolResults'> {
  if (!type.endsWith('_call')) return { toolCalls: 0, toolResults: [] };
  const isDone = type === 'mcp_call' || (type.endsWith('_search_call') && item.status !== undefined);
  if (!isDone) return { toolCalls: 1, toolResults: [] };
  const isFailed = item.status === 'failed' || (item.error !== undefined && item.error !== null);
  return { toolCalls: 1, toolResults: [isFailed ? 'failed' : 'ok'] };
}

function resultOf(item: WireObject): NeutralMessage {
  const message = messageOf('tool', item.output);
  const exits = Array.isArray(item.output) ? item.output.some(isFailedExit) : false;
  const isFailed = item.status === 'failed' || exits || readsAsFailure(message.text);
  const toolResults: readonly ToolResult[] = isFailed ? ['failed'] : ['ok'];
  return { ...message, toolResults };
}

/** What a command of the shell tool ended with. */
function isFailedExit(part: unknown): boolean {
  const outcome = isWireObject(part) && isWireObject(part.outcome) ? part.outcome : {};
  return outcome.type === 'timeout' || (typeof outcome.exit_code === 'number' && outcome.exit_code !== 0);
}

function messageOf(role: Role, content: unknown): NeutralMessage {
  if (!Array.isArray(content)) return neutralMessage({ role, text: textOf(content) });
  const texts: string[] = [];
  const found = { images: 0, audio: 0, files: 0 };
  for (const part of content) {
    if (!isWireObject(part)) continue;
    if (part.type === 'input_image' || part.type === 'computer_screenshot') found.images += 1;
    else if (part.type === 'input_audio') found.audio += 1;
    else if (part.type === 'input_file') found.files += 1;
    else texts.push(textOf(part.text) || textOf(part.refusal) || textOf(part.stdout) || textOf(part.stderr));
  }
  return neutralMessage({ role, text: texts.filter((text) => text !== '').join('\n'), ...found });
}
