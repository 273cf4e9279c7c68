import type { Dropped } from '../dropped.ts';
import type { Message, Neutral, TextPart } from '../neutral.ts';
import { writePart, writeText } from './write-parts.ts';

export interface WrittenConversation {
  readonly system?: string | readonly object[] | undefined;
  readonly messages: readonly object[];
}

interface Turn {
  readonly role: 'user' | 'assistant';
  readonly parts: Message['parts'][number][];
}

/**
 * Anthropic's conversation: instructions apart, turns that alternate, tool results at the beginning of the user's turn.
 * Instructions from the middle move to the front, and `messages[].system.position` says so.
 */
export function writeConversation(neutral: Neutral, dropped: Dropped): WrittenConversation {
  const system: TextPart[] = [...neutral.system];
  const turns: Turn[] = [];
  for (const message of neutral.messages) {
    if (message.name !== undefined) dropped.add('messages[].name');
    if (message.role === 'system') {
      system.push(...message.parts);
      if (turns.length > 0) dropped.add('messages[].system.position');
      continue;
    }
    const last = turns.at(-1);
    if (last?.role === message.role) last.parts.push(...message.parts);
    else turns.push({ role: message.role, parts: [...message.parts] });
  }
  const messages = turns.flatMap((turn) => writeTurn(turn, dropped));
  if (messages.length > 0) return { system: writeSystem(system), messages };
  // Anthropic refuses a conversation of instructions alone; they are what the model is asked.
  if (system.length > 0) dropped.add('messages[].system.role');
  const parts = system.flatMap(writeText);
  return { messages: parts.length === 0 ? [] : [{ role: 'user', content: parts }] };
}

function writeSystem(parts: readonly TextPart[]): string | readonly object[] | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  if (parts.length === 1 && first.cache === undefined) return first.text === '' ? undefined : first.text;
  const blocks = parts.flatMap(writeText);
  return blocks.length === 0 ? undefined : blocks;
}

function writeTurn(turn: Turn, dropped: Dropped): readonly object[] {
  const results = turn.parts.filter((part) => part.kind === 'tool_result');
  const others = turn.parts.filter((part) => part.kind !== 'tool_result');
  const blocks = [...results, ...others].flatMap((part) => writePart(part, dropped));
  const [only] = turn.parts;
  if (turn.parts.length === 1 && only?.kind === 'text' && only.cache === undefined && only.text !== '')
    return [{ role: turn.role, content: only.text }];
  return blocks.length === 0 ? [] : [{ role: turn.role, content: blocks }];
}
