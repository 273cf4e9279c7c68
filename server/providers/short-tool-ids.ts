import { createHash } from 'node:crypto';
import { isWireObject, textOf } from '../dialects/wire-value.ts';

/**
 * Messages whose tool calls and results have ids of exactly `length` letters and digits, as Mistral demands. An id that
 * is right already stays; another becomes the beginning of its hash, the same in call and result, in this turn and all
 * later ones. Messages that need no change are the same objects.
 */
export function shortToolIds(messages: readonly unknown[], length: number): readonly unknown[] {
  const right = new RegExp(`^[A-Za-z0-9]{${length}}$`);
  const shorten = (id: string) =>
    right.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, length);
  return messages.map((message) => {
    if (!isWireObject(message)) return message;
    const own = textOf(message.tool_call_id);
    if (own !== '' && !right.test(own)) return { ...message, tool_call_id: shorten(own) };
    const calls: unknown = message.tool_calls;
    if (!Array.isArray(calls)) return message;
    const fitted = calls.map((call: unknown) => {
      const id = isWireObject(call) ? textOf(call.id) : '';
      return id === '' || right.test(id) ? call : { ...(isWireObject(call) ? call : {}), id: shorten(id) };
    });
    return fitted.every((call, index) => call === calls[index])
      ? message
      : { ...message, tool_calls: fitted };
  });
}
