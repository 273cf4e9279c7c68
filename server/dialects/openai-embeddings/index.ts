/** OpenAI's Embeddings, as a client's wire format. Nothing in it is rewritten but the model: floats and base64 pass as they are. */
import type { AnswerReading, BodyChanges, WireDialect } from '../dialect.ts';
import { findMembers, setMembers } from '../json-members.ts';
import { classifyError, errorBody, errorFrame, errorMessage } from '../openai-chat/errors.ts';
import { readUsage } from '../openai-chat/read-usage.ts';
import { ChatStreamReader } from '../openai-chat/stream-reader.ts';
import { isWireObject, type WireObject } from '../wire-value.ts';
import { readRequest } from './read-request.ts';

export const openaiEmbeddings: WireDialect = Object.freeze({
  name: 'openai-embeddings',
  readRequest,
  changeRequest,
  readAnswer,
  makeStreamReader: (request: WireObject) => new ChatStreamReader(request),
  classifyError,
  errorMessage,
  errorBody,
  errorFrame,
});

/** The parameters of a policy are about text that is written; an embedding has none. */
function changeRequest(raw: Buffer, _: WireObject, { model }: BodyChanges): Buffer {
  return setMembers(raw, findMembers(raw), new Map([['model', JSON.stringify(model)]]));
}

function readAnswer(wire: WireObject): AnswerReading {
  if (isWireObject(wire.error)) return { kind: 'error', error: classifyError(200, wire) };
  return { kind: 'ok', usage: readUsage(wire.usage), outputCharacters: 0 };
}
