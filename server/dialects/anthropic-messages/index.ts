/** Anthropic Messages, as a client's wire format. */
import type { AnswerReading, WireDialect } from '../dialect.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { changeRequest } from './change-request.ts';
import { classifyError, errorBody, errorFrame, errorMessage } from './errors.ts';
import { readRequest } from './read-request.ts';
import { readUsage } from './read-usage.ts';
import { MessageStreamReader } from './stream-reader.ts';

export const anthropicMessages: WireDialect = Object.freeze({
  name: 'anthropic-messages',
  readRequest,
  changeRequest,
  readAnswer,
  makeStreamReader: () => new MessageStreamReader(),
  classifyError,
  errorMessage,
  errorBody,
  errorFrame,
  heartbeat: 'event: ping\ndata: {"type":"ping"}\n\n',
});

function readAnswer(wire: WireObject): AnswerReading {
  if (wire.type === 'error') return { kind: 'error', error: classifyError(200, wire) };
  const usage = readUsage(wire.usage);
  return { kind: 'ok', usage, outputCharacters: usage === null ? charactersIn(wire.content) : 0 };
}

function charactersIn(content: unknown): number {
  if (!Array.isArray(content)) return 0;
  return content.reduce<number>((sum, block) => {
    if (!isWireObject(block)) return sum;
    const { text, thinking, input } = block;
    const called = isWireObject(input) ? JSON.stringify(input).length : 0;
    return sum + textOf(text).length + textOf(thinking).length + called;
  }, 0);
}
