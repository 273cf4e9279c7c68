import type { Dropped } from '../dropped.ts';
import { describe, type Fields, UnreadableBody } from '../fields.ts';
import type { AssistantPart, Message, TextPart } from '../neutral.ts';
import { CallIds } from './call-ids.ts';
import { googleList, googleObject } from './google-fields.ts';
import { readModelPart, readUserPart } from './read-parts.ts';

/** `systemInstruction`: its texts. */
export function readSystem(fields: Fields, dropped: Dropped): readonly TextPart[] {
  if (typeof fields.raw('systemInstruction') === 'string') {
    return [{ kind: 'text', text: fields.text('systemInstruction') ?? '' }];
  }
  const system = googleObject(fields, 'systemInstruction');
  if (system === undefined) return [];
  // Its role has no meaning: the reference allows none.
  system.raw('role');
  const texts = googleList(system, 'parts').flatMap((part): readonly TextPart[] => {
    const text = part.text('text');
    part.rest(dropped);
    return text === undefined ? [] : [{ kind: 'text', text }];
  });
  system.rest(dropped);
  return texts;
}

/** `contents`. Results of functions find their calls by id, or by name and order where the client gives no ids. */
export function readContents(fields: Fields, dropped: Dropped): readonly Message[] {
  const contents = googleList(fields, 'contents');
  if (contents.length === 0) {
    throw new UnreadableBody(
      'contents',
      `should be a list with at least one content, not ${describe(fields.raw('contents'))}.`,
    );
  }
  const ids = new CallIds();
  return contents.map((content): Message => {
    const role = content.text('role') ?? 'user';
    const parts = googleList(content, 'parts');
    content.rest(dropped);
    if (role === 'model') {
      const said = parts.flatMap((part) => readModelPart(part, ids, dropped));
      return { role: 'assistant', parts: joinThoughts(said) };
    }
    if (role !== 'user' && role !== 'function') {
      throw new UnreadableBody(content.place('role'), `should be "user" or "model", not "${role}".`);
    }
    return { role: 'user', parts: parts.flatMap((part) => readUserPart(part, ids, dropped)) };
  });
}

/** A streamed thought comes in pieces, its signature behind them: a proof of all of it, and of nothing less. */
function joinThoughts(parts: readonly AssistantPart[]): readonly AssistantPart[] {
  const joined: AssistantPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === 'thinking' && last?.kind === 'thinking' && last.signature === undefined) {
      joined[joined.length - 1] = { ...part, text: last.text + part.text };
    } else joined.push(part);
  }
  return joined;
}
