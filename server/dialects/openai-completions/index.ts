/** OpenAI's legacy Completions, as a client's wire format. Streams, usage and errors are those of Chat Completions. */
import type { AnswerReading, WireDialect } from '../dialect.ts';
import { classifyError, errorBody, errorFrame, errorMessage } from '../openai-chat/errors.ts';
import { readUsage } from '../openai-chat/read-usage.ts';
import { ChatStreamReader } from '../openai-chat/stream-reader.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { changeRequest } from './change-request.ts';
import { readRequest } from './read-request.ts';

export const openaiCompletions: WireDialect = Object.freeze({
  name: 'openai-completions',
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
  return { kind: 'ok', usage, outputCharacters: usage === null ? charactersIn(wire.choices) : 0 };
}

function charactersIn(choices: unknown): number {
  if (!Array.isArray(choices)) return 0;
  return choices.reduce<number>(
    (sum, choice) => sum + (isWireObject(choice) ? textOf(choice.text).length : 0),
    0,
  );
}
