/** OpenAI Chat Completions, as a client's wire format. */
import type { AnswerReading, WireDialect } from '../dialect.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { changeRequest } from './change-request.ts';
import { classifyError, errorBody, errorFrame, errorMessage } from './errors.ts';
import { readRequest } from './read-request.ts';
import { readUsage } from './read-usage.ts';
import { ChatStreamReader } from './stream-reader.ts';

export const openaiChat: WireDialect = Object.freeze({
  name: 'openai-chat',
  readRequest,
  changeRequest,
  readAnswer,
  makeStreamReader: (request: WireObject) => new ChatStreamReader(request),
  classifyError,
  errorMessage,
  errorBody,
  errorFrame,
});

function readAnswer(wire: WireObject): AnswerReading {
  const { error } = wire;
  if (isWireObject(error) || (typeof error === 'string' && error !== '')) {
    return { kind: 'error', error: classifyError(200, wire) };
  }
  const usage = readUsage(wire.usage, wire);
  return { kind: 'ok', usage, outputCharacters: usage === null ? charactersIn(wire) : 0 };
}

function charactersIn(wire: WireObject): number {
  const choices = Array.isArray(wire.choices) ? wire.choices : [];
  let characters = 0;
  for (const choice of choices) {
    const message = isWireObject(choice) && isWireObject(choice.message) ? choice.message : {};
    characters += textOf(message.content).length + textOf(message.reasoning_content).length;
    if (Array.isArray(message.tool_calls)) characters += JSON.stringify(message.tool_calls).length;
  }
  return characters;
}
