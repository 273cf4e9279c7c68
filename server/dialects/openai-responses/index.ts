/** OpenAI Responses, as a client's wire format. */
import type { AnswerReading, StreamReader, WireDialect, WireProblem } from '../dialect.ts';
import { classifyError, errorBody, errorMessage } from '../openai-chat/errors.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { changeRequest } from './change-request.ts';
import { failedFrame } from './failed-frame.ts';
import { readRequest } from './read-request.ts';
import { readUsage } from './read-usage.ts';
import { ResponseStreamReader } from './stream-reader.ts';

/** Errors outside a stream are those of Chat Completions. */
export const openaiResponses: WireDialect = Object.freeze({
  name: 'openai-responses',
  readRequest,
  changeRequest,
  readAnswer,
  makeStreamReader: () => new ResponseStreamReader(),
  classifyError,
  errorMessage,
  errorBody,
  errorFrame: (problem: WireProblem, reader?: StreamReader) =>
    reader instanceof ResponseStreamReader
      ? failedFrame(problem, reader.response, reader.nextNumber)
      : failedFrame(problem, {}, 0),
});

/** A response that failed says so inside, with status 200. */
function readAnswer(wire: WireObject): AnswerReading {
  if (isWireObject(wire.error) || wire.status === 'failed') {
    return { kind: 'error', error: classifyError(200, wire) };
  }
  const usage = readUsage(wire.usage, wire);
  return { kind: 'ok', usage, outputCharacters: usage === null ? charactersIn(wire.output) : 0 };
}

function charactersIn(output: unknown): number {
  if (!Array.isArray(output)) return 0;
  return output.reduce<number>((sum, item) => {
    if (!isWireObject(item)) return sum;
    const parts = [item.content, item.summary].flatMap((list) => (Array.isArray(list) ? list : []));
    const said = parts.reduce<number>(
      (inner, part) =>
        isWireObject(part) ? inner + (textOf(part.text) || textOf(part.refusal)).length : inner,
      0,
    );
    return sum + said + textOf(item.arguments).length + textOf(item.input).length;
  }, 0);
}
