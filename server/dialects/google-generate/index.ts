/** Google's `generateContent` and `streamGenerateContent`, as a client's wire format. */
import type { AnswerReading, WireDialect } from '../dialect.ts';
import { isWireObject, type WireObject } from '../wire-value.ts';
import { changeRequest } from './change-request.ts';
import { classifyError, errorBody, errorFrame, errorMessage } from './errors.ts';
import { JsonArrayFraming } from './json-array.ts';
import { readRequest } from './read-request.ts';
import { readUsage } from './read-usage.ts';
import { charactersOf, GenerateStreamReader } from './stream-reader.ts';

export { bareModel } from './field-names.ts';

export const googleGenerate: WireDialect = Object.freeze({
  name: 'google-generate',
  readRequest,
  changeRequest,
  readAnswer,
  makeStreamReader: () => new GenerateStreamReader(),
  classifyError,
  errorMessage,
  errorBody,
  errorFrame,
});

/** The same for a client that streams without `alt=sse`: it gets one JSON array, an element a chunk. */
export const googleGenerateArray: WireDialect = Object.freeze({
  ...googleGenerate,
  makeFraming: () => new JsonArrayFraming(),
});

function readAnswer(wire: WireObject): AnswerReading {
  if (isWireObject(wire.error)) return { kind: 'error', error: classifyError(200, wire) };
  const usage = readUsage(wire.usageMetadata, wire);
  const candidates = Array.isArray(wire.candidates) ? wire.candidates : [];
  const outputCharacters = candidates.reduce<number>(
    (sum, candidate) => sum + (isWireObject(candidate) ? charactersOf(candidate) : 0),
    0,
  );
  return { kind: 'ok', usage, outputCharacters: usage === null ? outputCharacters : 0 };
}
