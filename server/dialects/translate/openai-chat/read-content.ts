import { isWireObject, textOf } from '../../wire-value.ts';

/**
 * `content` of an answer: a string at OpenAI; at some servers (Mistral) a list of parts, of which one may be what was
 * thought, itself a list.
 */
export function readContent(content: unknown): { readonly text: string; readonly thinking: string } {
  if (!Array.isArray(content)) return { text: textOf(content), thinking: '' };
  let text = '';
  let thinking = '';
  for (const part of content) {
    if (!isWireObject(part)) continue;
    if (part.type === 'thinking') thinking += textOf(part.thinking) || readContent(part.thinking).text;
    else text += textOf(part.text);
  }
  return { text, thinking };
}
